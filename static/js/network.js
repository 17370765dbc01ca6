// Whether our server can be reached: not whether there is a network. A hotel's page answers, too.
const LONGEST = 3_000; // ms

export async function isThere() {
  try {
    const response = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(LONGEST) });
    return response.ok && (await response.text()) === "ok";
  } catch {
    return false;
  }
}
