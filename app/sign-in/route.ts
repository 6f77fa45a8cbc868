import { webHandler } from "@/lib/server/http/web-adapter";

export const dynamic = "force-dynamic";
export { webHandler as DELETE, webHandler as GET, webHandler as POST };
