import { redirect } from "next/navigation";

/** The list of runs; a project without any is led on to /welcome from there. */
export default function HomePage(): never {
  redirect("/runs");
}
