// "Remind me on this device": asks the browser, and sends what it says of its subscription with a plain form.
const form = document.getElementById("push");

function said(subscription) {
  const { endpoint, keys } = subscription.toJSON();
  return { endpoint, ...keys };
}

async function subscribe() {
  const { ready } = navigator.serviceWorker;
  if ((await Notification.requestPermission()) !== "granted") throw new Error("This browser has been told to show no notifications of Limber.");
  const worker = await ready;
  const old = await worker.pushManager.getSubscription();
  await old?.unsubscribe(); // it may be of another key
  return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: form.dataset.key });
}

if (form && "serviceWorker" in navigator && "PushManager" in window) {
  form.hidden = false;
  document.getElementById("push-missing").hidden = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const error = document.getElementById("push-error");
    error.hidden = true;
    try {
      for (const [name, value] of Object.entries(said(await subscribe()))) if (form.elements[name]) form.elements[name].value = value;
      form.submit();
    } catch (fault) {
      error.textContent = fault.message.startsWith("This browser") ? fault.message : "The browser’s push service does not answer. Try again later.";
      error.hidden = false;
    }
  });
}
