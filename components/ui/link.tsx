"use client";
import NextLink from "next/link";
import type { ComponentProps } from "react";
import { useGo } from "./go";

type LinkProps = Omit<ComponentProps<typeof NextLink>, "prefetch" | "href" | "onNavigate"> & { readonly href: string };

/**
 * A link to one of our pages. None is fetched before it is pressed: every page is drawn for its moment, so that nothing of it but its
 * frame would come, and the links in sight would ask for that while a page still reads what it shows.
 */
export function Link(props: LinkProps) {
  const go = useGo();
  return (
    <NextLink
      {...props}
      prefetch={false}
      onNavigate={(event) => {
        event.preventDefault();
        go(props.href);
      }}
    />
  );
}
