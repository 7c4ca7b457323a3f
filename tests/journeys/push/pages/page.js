const said = document.querySelector("output");
const applicationServerKey = new URLSearchParams(location.search).get("key");

async function turnOn() {
  const { pushManager } = await navigator.serviceWorker.ready;
  const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  said.textContent = JSON.stringify(made);
}

async function turnOff() {
  const { pushManager } = await navigator.serviceWorker.ready;
  const subscription = await pushManager.getSubscription();
  said.textContent = (await subscription.unsubscribe()) ? "off" : "still on";
}

for (const [id, act] of [["on", turnOn], ["off", turnOff]]) {
  document.getElementById(id).addEventListener("click", () => {
    act().catch(error => { said.textContent = String(error); });
  });
}
navigator.serviceWorker.register("/worker.js");
