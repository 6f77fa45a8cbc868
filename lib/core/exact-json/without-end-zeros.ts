/** The digits up to the last that is no zero. A regular expression would look at each run of zeros anew. */
export function withoutEndZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === "0") end -= 1;
  return digits.slice(0, end);
}
