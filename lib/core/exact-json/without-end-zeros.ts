/** The digits up to the last non-zero one. A regular expression would rescan every run of zeros. */
export function withoutEndZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === "0") end -= 1;
  return digits.slice(0, end);
}
