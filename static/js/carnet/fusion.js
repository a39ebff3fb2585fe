// What a notebook holds, and how two of them become one; `parcours/carnet/progres.py` says the same on the server.
//
// {uuid: [read_ms, undone_ms, position_s, position_ms]}: read when read_ms > undone_ms. Times rather than a yes or no:
// two notebooks merge by keeping the latest of each, in any order, whatever is merged twice.
export const MAX_PAGES = 2_000;
export const MAX_BYTES = 262_144;
// A clock may be a little fast; beyond, a time to come is brought back to now, or no later mark could undo it.
export const TOLERANCE_MS = 300_000;
// For times that were bounded already, by a clock that may be better than this device's: only room for a later mark.
export const NO_CLOCK = Number.MAX_SAFE_INTEGER - 2 * TOLERANCE_MS;
const MAX_POSITION_S = 359_999;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const isTime = (value) => Number.isSafeInteger(value) && value >= 0;
const isMark = (mark) => Array.isArray(mark) && mark.length === 4 && mark.every(isTime) && mark[2] <= MAX_POSITION_S;

// The notebook that decoded JSON holds; throws TypeError when it is none.
export function read(value, now = Date.now()) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new TypeError("not a notebook");
  const entries = Object.entries(value);
  if (entries.length > MAX_PAGES) throw new TypeError("too many pages");
  if (!entries.every(([uuid, mark]) => UUID.test(uuid) && isMark(mark))) throw new TypeError("not a mark");
  return Object.fromEntries(entries.map(([uuid, mark]) => [uuid, bound(mark, now)]));
}

export function parse(text, now = Date.now()) {
  if (text.length > MAX_BYTES) throw new TypeError("too long");
  return read(JSON.parse(text), now);
}

// The mark without times to come. A page read stays read, a page unread stays unread.
export function bound([readAt, undoneAt, position, positionAt], now) {
  const limit = now + TOLERANCE_MS;
  const boundedRead = Math.min(readAt, limit);
  let boundedUndone = Math.min(undoneAt, limit);
  if (readAt > undoneAt && boundedRead === boundedUndone) boundedUndone -= 1;
  return [boundedRead, boundedUndone, position, Math.min(positionAt, limit)];
}

// The position goes with its time; at the same millisecond the farther one wins, whatever the order.
function mergeMarks(one, other) {
  const later = one[3] - other[3] || one[2] - other[2];
  const [, , position, positionAt] = later >= 0 ? one : other;
  return [Math.max(one[0], other[0]), Math.max(one[1], other[1]), position, positionAt];
}

export function merge(one, other) {
  const union = { ...one };
  for (const [uuid, mark] of Object.entries(other)) union[uuid] = union[uuid] ? mergeMarks(union[uuid], mark) : mark;
  return union;
}

export const isRead = (notebook, uuid) => {
  const mark = notebook[uuid];
  return Boolean(mark) && mark[0] > mark[1];
};

// The notebook with a page marked, or unmarked. A clock set back must not undo what was just done.
export function marked(notebook, uuid, wanted, now = Date.now()) {
  const [readAt, undoneAt, ...position] = notebook[uuid] ?? [0, 0, 0, 0];
  const time = Math.max(now, readAt + 1, undoneAt + 1);
  return { ...notebook, [uuid]: wanted ? [time, undoneAt, ...position] : [readAt, time, ...position] };
}

export const same = (one, other) => {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => String(one[key]) === String(other[key]));
};
