import { BareButton } from "@/components/ui/bare-button";
import { classNames } from "@/components/ui/class-names";
import { type EventFamily, eventFamilies, familyTones, familyWords } from "./event-families";

type FamilyChipsProps = {
  readonly chosen: readonly EventFamily[];
  /** Events of a type that no catalogue lists; the chip shows how many. */
  readonly unknown: number;
  readonly onChange: (families: readonly EventFamily[]) => void;
};

/** Narrows the list to some kinds of events; none chosen = all. */
export function FamilyChips({ chosen, unknown, onChange }: FamilyChipsProps) {
  const toggle = (family: EventFamily) =>
    onChange(
      chosen.includes(family)
        ? chosen.filter((each) => each !== family)
        : eventFamilies.filter((each) => each === family || chosen.includes(each)),
    );
  return (
    <fieldset className="scroll-quiet flex shrink-0 items-center gap-1 overflow-x-auto border-b px-3 py-1.5">
      <legend className="sr-only">Kinds of events</legend>
      <Chip pressed={chosen.length === 0} onPress={() => onChange([])}>
        All
      </Chip>
      {eventFamilies.map((family) => (
        <Chip key={family} pressed={chosen.includes(family)} onPress={() => toggle(family)}>
          <span aria-hidden className={classNames("size-1.5 rounded-full bg-current", familyTones[family])} />
          {familyWords[family]}
          {family === "unknown" && unknown > 0 && <span className="figures text-stalled">{unknown.toLocaleString("en")}</span>}
        </Chip>
      ))}
    </fieldset>
  );
}

function Chip({
  pressed,
  onPress,
  children,
}: {
  readonly pressed: boolean;
  readonly onPress: () => void;
  readonly children: React.ReactNode;
}) {
  return (
    <BareButton
      aria-pressed={pressed}
      onClick={onPress}
      className="inline-flex h-6 shrink-0 items-center gap-1.5 whitespace-nowrap rounded-row border px-2 text-meta text-muted hover:bg-hover aria-pressed:border-line-strong aria-pressed:bg-selected aria-pressed:text-ink pointer-coarse:h-10"
    >
      {children}
    </BareButton>
  );
}
