import { queryOptions } from "@tanstack/react-query";
import { readBrowsers } from "../api/browsers";

export const browserQueries = {
  browsers: () => queryOptions({ queryKey: ["browsers"], queryFn: ({ signal }) => readBrowsers(signal) }),
};
