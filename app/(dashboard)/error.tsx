"use client";
import { PageFailure, type PageFailureProps } from "@/components/layout/page-failure";

/** Inside the frame: a page that fails takes the navigation of no other. */
export default function DashboardError(props: PageFailureProps) {
  return <PageFailure {...props} />;
}
