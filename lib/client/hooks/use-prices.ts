import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { applyRepricing, askRepricing, cancelRepricing, createPrice, deletePrice } from "../api/prices";
import { queries } from "../queries";

/** The project's prices, and both ways to change them. */
export function usePrices() {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries(queries.prices());
  return {
    list: useQuery(queries.prices()),
    create: useMutation({ mutationFn: createPrice, onSuccess: refresh }),
    remove: useMutation({ mutationFn: deletePrice, onSuccess: refresh }),
  };
}

/** Past estimates made anew: asked for, applied, stopped; read often while one is under way. */
export function useRepricings() {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries(queries.repricings());
  return {
    list: useQuery(queries.repricings()),
    ask: useMutation({ mutationFn: askRepricing, onSuccess: refresh }),
    apply: useMutation({ mutationFn: applyRepricing, onSuccess: refresh }),
    cancel: useMutation({ mutationFn: cancelRepricing, onSuccess: refresh }),
  };
}
