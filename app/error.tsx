"use client";
import { PageFailure, type PageFailureProps } from "@/components/layout/page-failure";

/** For what fails outside the frame of the pages, or is the frame. */
export default function PageError(props: PageFailureProps) {
  return (
    <main className="h-dvh">
      <PageFailure {...props} />
    </main>
  );
}
