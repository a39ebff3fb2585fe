// What is kept follows the site.
import { alone, ask, write } from "./demande.js";
import { one, remove } from "./gardes.js";

// See whether a parcours that is kept has changed, and follow it; how many bytes wait for the reader to accept them.
export async function follow(entry) {
  const list = await ask(entry.slug);
  if (!list) await remove(entry.slug);
  else if (list.version !== entry.version) return (await import("./copie.js")).update(entry, list);
  else await alone(async () => {
    const now = await one(entry.slug);
    if (now) await write({ ...now, verifie_ms: Date.now() });
  });
  return 0;
}
