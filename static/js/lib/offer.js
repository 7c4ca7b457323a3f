/** The browser's question whether to keep the app comes once, maybe before anything else is here:
 * it is held back until somebody taps on our own card (modules/install.js). */
export const offer = { held: null, look() {} };

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer.held = event;
  offer.look();
});
