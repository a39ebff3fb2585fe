// The marks of a reader who came without JavaScript: moved from the cookie to this browser, then the cookie is dropped.
import { merge, NO_CLOCK, read } from "./fusion.js";
import { last, load, save, saveLast } from "./appareil.js";

const PLACE = "/parcours/carnet/temoin/";

// Whether it is done; offline, the cookie stays and the next page tries again. `shown` is called once the marks are here:
// the reader may press a button before the cookie is gone.
export async function adopt(shown) {
  try {
    const { progres, dernier } = await (await fetch(PLACE)).json();
    if (!save(merge(load(), read(progres, NO_CLOCK)))) return false;
    if (dernier && !last()) saveLast(dernier);
    shown();
    await fetch(PLACE, { method: "DELETE" });
    return true;
  } catch {
    return false;
  }
}
