import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { applyRepricing, askRepricing, cancelRepricing, createPrice, deletePrice } from "../api/prices";
import { costQueries } from "../queries/costs";

/** The project's prices, and both ways to change them. */
export function usePrices() {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries(costQueries.prices());
  return {
    list: useQuery(costQueries.prices()),
    create: useMutation({ mutationFn: createPrice, onSuccess: refresh }),
    remove: useMutation({ mutationFn: deletePrice, onSuccess: refresh }),
  };
}

/** Past estimates made anew: asked for, applied, stopped; read often while one is under way. */
export function useRepricings() {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries(costQueries.repricings());
  return {
    list: useQuery(costQueries.repricings()),
    ask: useMutation({ mutationFn: askRepricing, onSuccess: refresh }),
    apply: useMutation({ mutationFn: applyRepricing, onSuccess: refresh }),
    cancel: useMutation({ mutationFn: cancelRepricing, onSuccess: refresh }),
  };
}
