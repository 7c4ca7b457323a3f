async function show(message) {
  const { title, body, tag, navigate } = message.notification;
  await registration.showNotification(title, { body, tag, data: navigate });
}

async function go(address) {
  const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = open.find(client => client.url === address);
  return there ? there.focus() : clients.openWindow(address);
}

addEventListener("push", event => event.waitUntil(show(event.data.json())));
addEventListener("notificationclick", event => {
  event.notification.close();
  event.waitUntil(go(event.notification.data));
});
addEventListener("pushsubscriptionchange", event => {
  event.waitUntil(registration.pushManager.subscribe(event.oldSubscription.options));
});
