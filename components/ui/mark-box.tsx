import { classNames } from "./class-names";

type MarkBoxProps = {
  /** Of what is selected. */
  readonly name: string;
  readonly marked: boolean;
  /** `through` = with all between it and the one before. */
  readonly onMark: (through: boolean) => void;
};

/** Ticks a row: above the link that the whole line (a `group`) is, and in sight once it is needed. */
export function MarkBox({ name, marked, onMark }: MarkBoxProps) {
  return (
    <label className="relative z-10 -m-2 flex p-2 pointer-coarse:-m-3.5 pointer-coarse:p-3.5">
      <input
        type="checkbox"
        tabIndex={-1}
        checked={marked}
        onChange={() => {}}
        onClick={(event) => onMark(event.shiftKey)}
        aria-label={`Select ${name.slice(0, 80)}`}
        className={classNames(
          "size-3.5 accent-(--accent) transition-opacity focus-visible:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100",
          !marked && "opacity-0",
        )}
      />
    </label>
  );
}
