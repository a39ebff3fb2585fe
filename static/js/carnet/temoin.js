// The marks of a reader who came without JavaScript: moved from the cookie to this browser, then the cookie is dropped.
import { merge, NO_CLOCK, read } from "./fusion.js";
import { last, load, save, saveLast } from "./appareil.js";

const PLACE = "/parcours/carnet/temoin/";

// Whether it is done; offline, the cookie stays and the next page tries again.
export async function adopt() {
  try {
    const { progres, dernier } = await (await fetch(PLACE)).json();
    if (!save(merge(load(), read(progres, NO_CLOCK)))) return false;
    if (dernier && !last()) saveLast(dernier);
    await fetch(PLACE, { method: "DELETE" });
    return true;
  } catch {
    return false;
  }
}
