// The second that an address asks for, or null; the server judges by the same rule (mooc/services.py).
export function secondOf(address) {
  const text = new URL(address, location.href).searchParams.get("t");
  return /^\d{1,6}$/.test(text ?? "") ? Number(text) : null;
}
