// Passkeys: the device's own lock makes one (data-passkey="create") or signs in with one ("get"). The browser's
// bytes travel as base64url in a JSON field of the form.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = (list) => list?.map((each) => ({ ...each, id: bytes(each.id) }));

async function create() {
  const { publicKey } = JSON.parse(document.getElementById("passkey-options").textContent);
  const made = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: named(publicKey.excludeCredentials),
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
    },
  });
  const { attestationObject, clientDataJSON } = made.response;
  return [made, { attestationObject: text(attestationObject), clientDataJSON: text(clientDataJSON) }];
}

async function get(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  const { publicKey } = (await answer.json()).request_options;
  const options = { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: named(publicKey.allowCredentials) };
  const found = await navigator.credentials.get({ publicKey: options });
  const { authenticatorData, clientDataJSON, signature, userHandle } = found.response;
  const response = {
    authenticatorData: text(authenticatorData),
    clientDataJSON: text(clientDataJSON),
    signature: text(signature),
    userHandle: userHandle && text(userHandle),
  };
  return [found, response];
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!globalThis.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const [credential, response] = await (form.dataset.passkey === "create" ? create() : get(form));
      const { id, rawId, type } = credential;
      const sent = { id, rawId: text(rawId), type, response, clientExtensionResults: credential.getClientExtensionResults() };
      form.elements.credential.value = JSON.stringify(sent);
      form.submit();
    } catch {
      form.querySelector("[data-passkey-error]").hidden = false;
    }
  });
}
