// Asks the browser for a passkey and posts its answer with the form. The forms stay hidden where the browser knows none.
const addresses = { 'sign-in': '/account/passkey-request', 'register': '/account/passkey-creation' };

async function optionsFor(form) {
  const response = await fetch(addresses[form.dataset.passkey], { method: 'POST', body: new FormData(form), credentials: 'same-origin' });
  if (!response.ok) {
    throw new Error(response.status === 429 ? await response.text() : 'The server did not answer. Try again.');
  }
  return response.json();
}

async function ask(form) {
  const options = await optionsFor(form);
  const credential = form.dataset.passkey === 'register'
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  return JSON.stringify(credential.toJSON());
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (typeof PublicKeyCredential === 'undefined' || !PublicKeyCredential.parseRequestOptionsFromJSON) {
    form.remove();
    continue;
  }
  form.hidden = false;
  form.addEventListener('submit', async event => {
    const field = form.elements.namedItem('credential');
    if (field.value !== '') {
      return;
    }
    event.preventDefault();
    const error = form.querySelector('[data-passkey-error]');
    error.textContent = '';
    try {
      field.value = await ask(form);
      form.submit();
    } catch (fault) {
      field.value = '';
      error.textContent = fault.name === 'NotAllowedError' || fault.name === 'AbortError'
        ? 'No passkey was chosen. Try again, or use your password.'
        : fault.name === 'InvalidStateError' ? 'This device has a passkey for your account already.' : fault.message;
    }
  });
}
