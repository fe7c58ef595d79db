/** What the browser does for a passkey: asks the person, answers with what the server checks. */

/** Whether this browser can make and use passkeys here (https or localhost, and the JSON forms of WebAuthn level 3). */
export function isPasskeyPossible(): boolean {
  return (
    typeof PublicKeyCredential === 'function' &&
    typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function' &&
    typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function'
  );
}

export interface Begun<Options> {
  readonly challengeId: string;
  readonly options: Options;
}

/** Makes a new passkey. Undefined when the person declined or the device cannot. */
export async function makePasskey(
  begun: Begun<PublicKeyCredentialCreationOptionsJSON>,
): Promise<object | undefined> {
  return answerOf(
    navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(begun.options),
    }),
  );
}

/** Lets the person choose one of the passkeys this device has for the site. */
export async function choosePasskey(
  begun: Begun<PublicKeyCredentialRequestOptionsJSON>,
): Promise<object | undefined> {
  return answerOf(
    navigator.credentials.get({
      publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(begun.options),
    }),
  );
}

async function answerOf(asked: Promise<Credential | null>): Promise<object | undefined> {
  try {
    const credential = await asked;
    return credential instanceof PublicKeyCredential ? (credential.toJSON() as object) : undefined;
  } catch {
    // Declined, timed out, or a passkey of this device is registered already: the person saw why.
    return undefined;
  }
}

/** Sends one step and reads the answer; undefined when the line is down. */
export async function sendStep<T>(path: string, step: object): Promise<T | undefined> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(step),
    });
    return (await response.json()) as T;
  } catch {
    return undefined;
  }
}
