import { ExactNumber } from "./values";
import { withoutEndZeros } from "./without-end-zeros";

/** A JSON number in decimal: 0.`digits` times ten to the `power`, digits without zeros at either end; none for zero. */
type Decimal = { readonly sign: -1 | 0 | 1; readonly digits: string; readonly power: number };

function decimalOf(number: number | ExactNumber): Decimal {
  const literal = number instanceof ExactNumber ? number.literal : String(number);
  const [, minus = "", whole = "", fraction = "", exponent = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(literal) ?? [];
  const written = (whole + fraction).replace(/^0+/, "");
  const digits = withoutEndZeros(written);
  if (digits === "") return { sign: 0, digits, power: 0 };
  return { sign: minus === "" ? 1 : -1, digits, power: Number(exponent) + written.length - fraction.length };
}

/** Negative, zero or positive if `a` is less than, equal to or greater than `b`, to the last written digit. */
export function compareNumbers(a: number | ExactNumber, b: number | ExactNumber): number {
  const [left, right] = [decimalOf(a), decimalOf(b)];
  if (left.sign !== right.sign) return left.sign - right.sign;
  if (left.power !== right.power) return left.sign * Math.sign(left.power - right.power);
  return left.digits === right.digits ? 0 : left.sign * (left.digits < right.digits ? -1 : 1);
}

/** Whether a number has no fractional part, as JSON Schema means it: 1.0 has none. */
export function isWhole(number: number | ExactNumber): boolean {
  const { digits, power } = decimalOf(number);
  return digits.length <= power || digits === "";
}

const digitsOfStep = 15;

/** Whether a number is an integer multiple of the other, by their digits. The other is taken at its double's value. */
export function isMultiple(number: number | ExactNumber, of: number | ExactNumber): boolean {
  const [multiple, unit] = [decimalOf(number), decimalOf(Number(of))];
  if (multiple.sign === 0 || unit.sign === 0) return multiple.sign === 0;
  // Ten to the power between their last digits; without trailing zeros, a number is no multiple of ten.
  const between = multiple.power - multiple.digits.length - (unit.power - unit.digits.length);
  if (!Number.isSafeInteger(between) || between < 0) return false;
  const divisor = BigInt(unit.digits);
  let rest = 0n;
  for (let at = 0; at < multiple.digits.length; at += digitsOfStep) {
    const step = multiple.digits.slice(at, at + digitsOfStep);
    rest = (rest * 10n ** BigInt(step.length) + BigInt(step)) % divisor;
  }
  return (rest * powerOfTen(between, divisor)) % divisor === 0n;
}

function powerOfTen(exponent: number, modulus: bigint): bigint {
  let [result, base] = [1n, 10n % modulus];
  for (let left = BigInt(exponent); left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * base) % modulus;
    base = (base * base) % modulus;
  }
  return result % modulus;
}
