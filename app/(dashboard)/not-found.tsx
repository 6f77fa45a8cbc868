import { buttonClass } from "@/components/ui/button-class";

/** Every page carries this one along: it stays small. */
export default function NotFound() {
  return (
    <main className="flex h-dvh flex-col items-center justify-center px-6 text-center">
      <h1 className="font-medium text-title">There is nothing at this address</h1>
      <p className="mt-1 mb-4 text-muted">The link may be old, or the run was removed by retention.</p>
      <a href="/runs" className={buttonClass()}>
        Go to runs
      </a>
    </main>
  );
}
