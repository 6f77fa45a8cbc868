/** What the demo's teams work on: everyday, invented, about no real company or person. */
export type Topic = {
  readonly query: string;
  readonly short: string;
  readonly searches: readonly [string, string, string];
  readonly findings: readonly [string, string, string];
  readonly answer: string;
};

export const topics: readonly [Topic, ...Topic[]] = [
  {
    query: "How do Nordic cities keep heat pumps efficient below -20 °C?",
    short: "heat pumps in the cold",
    searches: [
      "heat pump COP below -20 C field study",
      "district heating hybrid heat pump Nordic",
      "ground source borehole cost per metre",
    ],
    findings: [
      "Field data puts the seasonal COP at 2.4 to 2.9 when a ground loop is used.",
      "Hybrid district systems shift 18 % of the peak load to thermal storage.",
      "Boreholes deeper than 250 m pay back in nine to eleven winters.",
    ],
    answer:
      "Cities that keep heat pumps efficient in deep cold combine ground loops with shared thermal storage. Measured over three winters, the seasonal COP stays between 2.4 and 2.9, and storage moves about a fifth of the peak to cheaper hours.",
  },
  {
    query: "Which sorting method recovers most lithium from mixed battery scrap?",
    short: "lithium recovery",
    searches: [
      "lithium recovery rate hydrometallurgy mixed scrap",
      "direct recycling cathode yield",
      "battery scrap sorting X-ray throughput",
    ],
    findings: [
      "Acid leaching recovers 92 to 95 % of the lithium at industrial scale.",
      "Direct recycling keeps the cathode structure but needs sorted input.",
      "X-ray sorting handles 4.5 t/h with 3 % misplacement.",
    ],
    answer:
      "For mixed scrap, X-ray sorting followed by leaching recovers most: 92 to 95 % of the lithium at 4.5 t/h. Direct recycling wins only where the input is already sorted by cathode chemistry.",
  },
  {
    query: "Why did the harbour buoys report false storm surges last spring?",
    short: "buoy false alarms",
    searches: [
      "pressure sensor drift biofouling tide gauge",
      "buoy anemometer icing false readings",
      "storm surge alarm threshold hysteresis",
    ],
    findings: [
      "Pressure sensors drift up to 14 cm after ten weeks of biofouling.",
      "Every false alarm fell within two days of a firmware update.",
      "Alarms without hysteresis fire three times for one wave train.",
    ],
    answer:
      "The false surges come from two causes together: sensor drift from biofouling and an alarm without hysteresis that a firmware update switched on. Cleaning alone removes 60 % of them, the threshold fix nearly all.",
  },
  {
    query: "What would a night-bus network need to serve hospital shift changes?",
    short: "night buses",
    searches: ["night bus demand hospital shift times", "on-demand transit dispatch waiting time", "bus driver rest rules night service"],
    findings: [
      "Seven in ten shift workers leave within a 25 minute window.",
      "On-demand dispatch keeps the median wait at 9 minutes with 12 vehicles.",
      "Rest rules cap a night duty at 8 hours and 20 minutes.",
    ],
    answer:
      "Twelve vehicles on demand and two fixed lines timed to the 06:45 and 22:15 shift changes cover 88 % of the trips with a median wait of nine minutes, within the drivers' rest rules.",
  },
];
