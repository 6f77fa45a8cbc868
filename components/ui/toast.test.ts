import { beforeEach, describe, expect, it } from "vitest";
import { endToast, onToasts, shownToasts, toast } from "./toast";

beforeEach(() => {
  for (const { id } of shownToasts()) endToast(id);
});

describe("toasts", () => {
  it("are at most three, the newest, and the same words are there once", () => {
    for (const text of ["a", "b", "c", "d", "c"]) toast({ text });
    expect(shownToasts().map(({ text }) => text)).toEqual(["b", "d", "c"]);
  });

  it("tell their listeners of every change until they leave", () => {
    const heard: number[] = [];
    const leave = onToasts(() => heard.push(shownToasts().length));
    toast({ text: "a" });
    endToast(shownToasts()[0]?.id ?? 0);
    leave();
    toast({ text: "b" });
    expect(heard).toEqual([1, 0]);
  });
});
