// The time left in a parcours, without the MOOC then with it; `parcours/templatetags/carnet.py` says the same. What the
// site does not hold is counted as unknown, never guessed.
const minutes = (count) => {
  const [hours, rest] = [Math.floor(count / 60), count % 60];
  if (!hours) return `${rest}\u00a0min`;
  return `${hours}\u00a0h${rest ? `\u00a0${String(rest).padStart(2, "0")}` : ""}`;
};

// `times`: « lecture/formation/inconnus » of each step; `done`: whether it is read, in the same order.
export function timeLeft(times, done) {
  const left = times.filter((_, rank) => !done[rank]).map((time) => time.split("/").map(Number));
  const [reading, course, unknown] = [0, 1, 2].map((part) => left.reduce((sum, time) => sum + (time[part] || 0), 0));
  const parts = [];
  if (reading) parts.push(`${minutes(reading)} de lecture sur ce site`);
  if (course) parts.push(`${minutes(reading + course)} en suivant aussi la formation`);
  if (unknown) parts.push(`${unknown}\u00a0${unknown >= 2 ? "documents" : "document"} de durée inconnue`);
  return parts.length ? `Il reste ${parts.join("\u202f; ")}.` : "Le temps qui reste n’est pas connu.";
}
