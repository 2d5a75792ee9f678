// What the page knows (graph/viewer/payload.py) once `prepare` has indexed it, what is looked at, and
// what a painter draws. Only the checker reads this file.

type Id = string;
type Day = string; // 2016-03-15
type Sure = '' | 'certain' | 'attested' | 'possible' | 'beyond' | 'later' | 'unplaced';

interface Claim {
  id: Id;
  by: Id;
  st: string;
  c: string;
  as?: string;
  who?: string;
  made?: number;
  src: Id;
  at: string[];
  note?: string;
  dis?: Id[];
  grounds?: Id[];
}

interface Figures {
  among: Id[]; // The figures that differ.
  rule: 'prefer' | 'range' | 'defer' | 'pending';
  judge?: Id;
  why?: string;
  day?: Day;
  until?: string;
  is?: Id; // The figure that counts.
  low?: number;
  high?: number;
}

interface Statement {
  id: Id;
  s: Id;
  p: string;
  o?: Id;
  v?: string;
  status: string;
  rule?: string;
  reason?: string;
  judge?: Id;
  fig?: Figures;
  if?: Id[];
  or?: Id[]; // Statements of which one holds.
  when?: string;
  text?: string;
  eb?: Day;
  lb?: Day;
  ee?: Day;
  le?: Day;
  t?: number;
  at?: string;
  free?: string;
  spans?: string[];
  always?: boolean;
  told?: Day;
  no?: Id[];
  place?: Id;
  under?: Id;
  via?: Id;
  scope?: string;
  note?: string;
  q?: Id[];
  draw?: 'tie' | 'role';
  actors?: 1; // Whether it is a tie between actors.
  c: string;
  case?: string;
  more?: Record<string, unknown>;
  claims: Claim[];
}

interface Thing {
  id: Id;
  name: string;
  in?: Record<string, string>;
  also?: string[];
  class: string;
  group: string;
  kind?: string;
  lane?: string; // Where a storyline shows it.
  identity?: string;
  note?: string;
  other?: string;
  text?: string;
  pattern?: string;
  scope?: string;
  steps?: string[];
  seen?: Id[]; // What a mechanism is seen in: things and statements.
  shows?: Id[]; // The mechanisms that are seen in it.
  lists?: string[];
  told?: Record<Id, string>; // The sentences that name it, by source.
  part?: Id;
  topic?: string[];
  replaces?: Id;
  process?: Id;
  where?: string;
  sizes?: string[];
  links?: string[];
  cases?: string[];
}

interface Question {
  id: Id;
  name: string;
  kind: string;
  about: Id[];
  exclusive: boolean;
  note?: string;
}

interface Source {
  id: Id;
  title: string;
  publisher?: string;
  date?: string;
  url?: string;
  by?: Id[];
  case?: string;
}

interface Predicate {
  label: string;
  family: string;
  sign: number;
  group?: string;
  role?: 1;
  inverse?: string; // The words from the other end.
  pattern?: string; // Clauses with places, where the words make none.
  back?: string;
  camp?: string; // What it says of camps.
}

interface Language {
  tag: string;
  name: string;
  direction: 'ltr' | 'rtl';
  names?: number; // Of how many things there is one in it.
  says?: 1; // There are words of the page in it.
}

interface Place {
  id: string;
  of: Id;
  x: number;
  y: number;
  size: number;
  in?: number; // Its group.
  among?: [number, number]; // Where it stands among actors alone.
}

// Groups of the drawing: `of` are the things that give one its name; see core/groups.js.
interface GroupsFound {
  list: { of: Id[]; x: number; y: number; size: number }[];
  rewired: number;
  closed: boolean;
}

interface Group {
  id: Id;
  drawn: string;
  of: Id[];
  members: Id[];
  x: number;
  y: number;
  size: number;
}

// All lines between a closed group and another one or a thing.
interface Bundle {
  id: Id;
  from: Id;
  to: Id;
  firm: Id[];
  others: Id[];
}

interface Outline {
  stands: Map<Id, Id>; // The closed group that stands for a thing.
  lines: Found;
  bundles: Map<Id, Bundle>;
  closed: Map<Id, { members: Set<Id>; lines: Id[] }>;
}

interface Line {
  id: string;
  of: Id;
  from: string;
  to: string;
  bend: number;
}

interface Rules {
  affirming: Set<string>;
  asserting: Set<string>;
  denying: Set<string>;
  hidden: Set<string>;
  quoted: Set<string>; // Classes whose names stand in quotes within a sentence.
  arrows: string[]; // Predicates that are arrows of a storyline.
  unsettled: string[];
  lines: Record<string, string>;
  costs: { status: Table<number>; family: Map<string, number>; draw: Map<string, number> };
  chains: number;
  glance: number; // A network of fewer nodes is seen at a glance.
  names: { letters: Record<string, string>; signs: string; passed: string[]; blanks: string[] };
}

interface StatusStyle {
  label: string;
  meaning: string;
  dashes: number[];
  width: number;
  opacity: number;
  band: boolean;
}

// Where an id is known to be one of the case, what it names is there.
interface Table<T> extends Map<string, T> {
  get(id: string): T;
}

// What came after a trigger; see graph/analysis/sequences/words.py.
interface Followed {
  s: Id;
  k: string;
  w: number; // The place of the words for that in `words`.
  by?: Id[];
}

interface SequenceFound {
  told: string;
  followed: { s: Id; then: Followed[] }[];
  lists: Record<string, Id[]>;
  left?: number;
}

interface Sequence {
  name: string;
  title: string;
  text: string;
  pattern?: Id;
  cautions: string[];
  words: string[];
  counted: SequenceFound;
  shown: SequenceFound;
}

// What is said of a case in a language, as the data have it in English; `more` and `values` by the English for it.
interface Tongue {
  words: Record<string, string>;
  predicates: Record<string, Partial<Predicate>>;
  times: string[];
  dates: Record<string, string>;
  more: Record<string, string>;
  values: Record<string, string>;
  sequences?: Sequence[];
}

// All that a page knows of its case, indexed.
interface Case {
  case: string;
  predicates: Map<string, Predicate>;
  words: Map<string, string>;
  nodes: Table<Thing>;
  statements: Table<Statement>;
  questions: Map<Id, Question>;
  sources: Map<Id, Source>;
  notes: { text: string; on: Id[]; names: string[]; c?: string; at?: string[] }[];
  judged: { on: [Id, Id]; how: string; c: string; why: string; at?: string[] }[];
  days: [Day, Day][];
  dates: Map<string, string>;
  times: string[];
  until: Map<Id, Day>;
  languages: Language[];
  tongues?: Record<string, Tongue>; // What is said of the case in other languages, by tag.
  called?: { more: Record<string, string> }; // What fields are called, by the English for it.
  packed?: Record<string, string>; // Other languages of the page, by their tags; see ui/packed.js.
  tours: Tour[];
  sequences?: Sequence[];
  rules: Rules;
  styles: {
    groups: string[];
    shapes: Record<string, Shape>;
    light: string[]; // Kinds of nodes that are light marks.
    signs: Record<string, string>;
    stances: Record<string, string>; // The sign of each.
    lanes: [string, string][]; // From top to bottom, with the groups whose colours their bars have.
    statuses: Record<string, StatusStyle>;
    labels: Record<string, string>; // What a legend says of a variable of CSS that is a colour.
  };
  facts: Record<string, string>; // What the page says of the case.
  claims: Map<Id, { claim: Claim; statement: Statement }>;
  about: Map<Id, Statement[]>;
  drawn: { by: 'vis' | 'sigma'; places: Table<Place>; lines: Table<Line>; groups?: GroupsFound };
}

// A title and a text, with those of other languages by their tags.
interface Told {
  title: string;
  text?: string;
  in?: Record<string, { title: string; text?: string }>;
}

interface Tour extends Told {
  id: Id;
  steps: (Told & { view: string; on?: Id[] })[];
}

interface World {
  mode: string;
  voice: Id; // '' where none is meant
}

interface Hidden {
  status: Set<string>;
  kind: Set<string>;
  family: Set<string>;
  certainty: Set<string>;
  source: Set<string>;
  predicate?: Set<string>;
}

// What one of the two drawings shows.
interface Seen {
  world: string;
  during: string; // FIRST/LAST, or empty.
  on: Day;
  held: string;
  hidden: Hidden;
  projection: string;
  near: Id;
  depth: number;
}

type Telling = Pick<Seen, 'world' | 'hidden'>; // Who tells it, and what of that is hidden.

// Who stands where; see core/camps.js.
interface Camps {
  camps: { id: Id; sided: boolean; members: Id[] }[]; // The largest first and bodies last, each with the one that it is called by first.
  between: { id: Id; camps: Id[] }[];
  outside: Id[];
  placing: Map<Id, Statement[]>; // What puts each where it stands.
  unsure: Statement[]; // What would put somebody into a camp, and does not count.
}
interface Phase {
  agreement: Id; // With which it begins, and before which it ends, if any.
  before: Id;
  from: Day;
  to: Day;
}
// As they are painted; see scene/camps.js.
interface CampChip {
  id: Id;
  name: string;
  full: string;
  camp: Id; // Empty for who is in none.
  x: number; // Of its mark.
  y: number;
  width: number;
  shape: string;
}
interface CampRegion {
  id: Id;
  kind: 'camp' | 'body' | 'between' | 'outside';
  title: string;
  x: number;
  y: number;
  width: number;
  height: number;
  closed: Id[]; // Who is in it, where it is closed: one node that stands for all of them.
  opened: boolean; // Whether it was opened, and can be closed again.
}
interface CampItems {
  width: number;
  height: number;
  regions: CampRegion[];
  chips: CampChip[];
}

// Who says what; see core/matrix.js.
interface Saying {
  statement: Statement;
  stances: string[];
  disputed: boolean; // Whether it contradicts another answer to the question.
}

interface Asked {
  question: Question;
  cells: Map<Id, Saying[]>;
  disputed: number;
}

interface Matrix {
  camps: Map<Id, Id>; // The camp of each actor that is in one.
  rows: Asked[];
  voices: Id[];
  said: Map<Id, number>; // How much each voice says.
  left: number; // Questions that are left out.
}

type Found = Map<Id, Sure>;

// Days, counted from 1970.
interface Span {
  from: number;
  to: number;
}

// What of a span a dated statement takes, in shares of it; rows and sides are of the strip alone.
interface Share {
  statement: Statement;
  begin: number;
  end: number;
  openBegin: boolean;
  openEnd: boolean;
  earlier: boolean;
  later: boolean;
  core: [number, number] | null;
  row?: number;
  leftward?: boolean;
  inward?: boolean;
}

interface Tick {
  day: number;
  text: string;
  year: boolean;
}

// A day in the life of an agreement: a stage, or what became of a clause.
interface Turn {
  statement: Statement;
  day: Day;
}

// Something dated in a storyline; stages cut the bar of an agreement, ticks stand on it.
interface StoryBar {
  statement: Statement;
  lane: string;
  stages: Turn[];
  ticks: Turn[];
}

interface StoryArrow {
  id: Id; // The statement behind it, or the thing of which a field says it.
  from: StoryBar;
  to: StoryBar;
  words: string;
  status: string;
}

// A kind of stages of agreements, or of what became of clauses; its number is its place among all.
interface StoryKind {
  of: 'stages' | 'ticks';
  words: string;
}

interface Story {
  lanes: { name: string; group: string; bars: StoryBar[] }[];
  arrows: StoryArrow[];
  kinds: StoryKind[];
}

// --- A storyline as it is painted, in pixels; colours are names of variables of CSS. See scene/lanes.js.

interface BarItem {
  id: Id;
  bar: StoryBar;
  lane: number;
  row: number;
  x: number;
  y: number;
  width: number;
  height: number;
  core: [number, number] | null; // From where to where it went on for certain.
  open: [boolean, boolean]; // Whether its beginning and its end are not told.
  cuts: { x: number; width: number; turn: Turn }[];
  ticks: { x: number; turn: Turn }[];
  numbers: { x: number; width: number; number: number; turn: Turn }[]; // Of the kinds of its stages and ticks.
  name: string;
  text: { x: number; anchor: 'start' | 'end' };
  taken: [number, number]; // With its name.
  colour: string;
  style: StatusStyle;
}

interface LaneItem {
  name: string;
  words: string;
  colour: string;
  y: number;
  height: number;
  more: number; // Bars that have no room.
  count: number;
}

interface StoryItems {
  width: number;
  height: number;
  left: number; // Where the lanes begin and end,
  right: number;
  time: Span; // and what time they show.
  lanes: LaneItem[];
  bars: BarItem[];
  arrows: { arrow: StoryArrow; line: string; head: string; at: Point; style: StatusStyle }[];
  marks: { x: number; text: string; year: boolean }[];
  head: number; // Height of what stands above the lanes.
  bands: { x: number; width: number; even: boolean; full: string; name: string }[]; // Phases.
}

interface Difference {
  onlyLeft: Id[];
  onlyRight: Id[];
  both: Id[];
  changed: Id[];
}

interface Way {
  nodes: Id[];
  steps: Id[][];
  over: string[];
}

// The statements between each two things, and what it costs to go from one thing to the next.
type Joined = Table<Statement[]>;
type Hop = { cost: number; hostile: boolean };
type Hops = Table<Map<Id, Hop>>;
type Roads = { all: Joined; near: Hops }; // All that can be walked.


// A row of the table of all that can be looked at; see state/schema.js.
interface Row {
  link: string;
  step: boolean;
  usual(data: Case): Record<string, any>;
  hangs?: boolean; // Whether what is written hangs on whether anything else is.
  apart?: boolean; // Whether it says nothing of how the case is shown, so that no other row hangs on it.
  aside?: boolean; // Whether it tells how one looks, not at what; a stop of a tour leaves it as it is.
  write(state: State, data: Case, others?: boolean): string;
  read(text: string, data: Case): Record<string, any>;
  before?(given: Map<string, string>, others: boolean): Record<string, any> | null; // What a link that does not name it meant.
}

// Whether a change becomes a step to go back to whatever it is of, or overwrites the last one once it
// rests, or is no news to the address.
type How = 'step' | 'along' | 'none' | undefined;

interface State {
  [key: string]: any;
  tour: Id;
  stop: number;
  embed: boolean;
  world: string;
  on: Day;
  held: string;
  compare: boolean;
  world2: string;
  during: string;
  on2: Day;
  sel: Id;
  near: Id;
  depth: number;
  from: Id;
  to: Id;
  question: Id;
  earlier: Id; // Of two agreements that are compared.
  later: Id;
  followed: string; // Which sequence is open.
  spanFrom: Day;
  spanTo: Day;
  label: string;
  colour: string;
  show: string;
  projection: string;
  panel: string;
  theme: string;
  lang: string; // Of the page's own words.
  sign: string;
  hidden: Hidden;
  rows: string;
  asked: string; // Which questions.
  sort: string;
  at: string;
  opened: string; // Which groups: all, or with commas.
  places: Map<Id, [number, number]>;
  toggled: Set<string>;
  playing: boolean;
  filters: boolean;
  sheet: string; // shut, half, full
  strip: number; // Pixels, 0 for as high as is usual.
  pointed: Id;
}

// --- What a painter draws; see ../README.md.

type Shape = 'dot' | 'square' | 'triangle' | 'triangleDown' | 'diamond' | 'hexagon' | 'star';

interface NodeItem {
  id: string;
  x: number;
  y: number;
  size: number;
  shape: Shape;
  fill: string;
  stroke: string;
  label: string;
  weight: number;
  opacity: number;
  halo: string;
  stressed: boolean;
  title: string;
}

interface EdgeItem {
  id: string;
  from: string;
  to: string;
  colour: string;
  width: number;
  opacity: number;
  dashes: number[];
  band: string;
  halo: string;
  bend: number;
  arrow: boolean;
  label: string;
  title: string;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface Point {
  x: number;
  y: number;
}

// A node as far as lines must know of it: where it is, and its size in units of the drawing.
interface Round extends Point {
  size: number;
}

// The way of a line: where it is, and where it goes to, after a share of it. `loop` is its radius, or 0; `control`
// the middle of a loop, or what pulls at a curve.
interface Course {
  length: number;
  loop: number;
  control: Point;
  at(t: number): Point;
  slope(t: number): Point;
}

// A line as paths of an SVG, in pixels.
interface Stroke {
  line: string;
  arrow: string;
  middle: Point;
  length: number;
}

// What is lit while all else is dimmed.
interface Lit {
  nodes: Set<string>;
  edges: Set<string>;
}

// --- Names; all in pixels. See scene/names.js.

type Measure = (text: string, size: number) => number;

interface NamingOptions {
  measure: Measure;
  taken: Box[];
  lit: Lit | null;
  before: Map<string, number>;
}

interface Mark {
  node: NodeItem;
  at: Point;
  size: number;
  seen: boolean;
}

interface Obstacle {
  node: string;
  size: number;
  kind: 'mark' | 'taken' | 'name' | 'hub';
}

interface Written {
  lines: string[];
  size: number;
  width: number;
  height: number;
}

interface Site {
  place: number;
  across: number;
  cost: number;
  led: boolean;
  box: Box;
}

interface Options {
  view: Camera;
  hub: boolean;
  before: number | undefined;
}

// Where a name stands: its box, told from the middle of its node, and the line that leads to it.
interface Name {
  id: string;
  lines: string[];
  size: number;
  leading: number;
  align: 'left' | 'center' | 'right';
  place: number;
  bold: boolean;
  left: number;
  top: number;
  width: number;
  height: number;
  leader: [Point, Point] | null;
}

// What of the legend occurs: with names of the variables of CSS that hold the colours.
interface Legend {
  statuses: StatusStyle[];
  colours: { name: string; label: string }[];
  kinds: { name: string; label: string; shape: Shape }[];
}

interface Items {
  nodes: NodeItem[];
  edges: EdgeItem[];
}

interface Camera {
  x: number;
  y: number;
  scale: number;
  width: number;
  height: number;
}

interface Colours {
  page: string;
  ink: string;
  muted: string;
  band: string;
  focus: string;
}

// What a file needs to show the same as a drawing.
interface DrawnPicture {
  places: Map<string, Point>;
  names: Name[];
  lit: Lit | null;
  chosen: string | null;
}

interface Drawing {
  show(nodes: NodeItem[], edges: EdgeItem[]): void;
  select(id: string | null): void;
  light(id: string | null): void;
  picture(): DrawnPicture;
  fit(ids?: string[]): void;
  zoom(factor: number): void;
  view(): Camera;
  look(view: Camera): void;
  physics(on: boolean): void;
  theme(colours: Colours): void;
  destroy(): void;
}

interface Painter {
  create(container: HTMLElement, options: PainterOptions): Drawing;
  limits: string[];
  forces?: boolean;
}

interface PainterOptions {
  label: string;
  fonts: string;
  taken(): Box[];
  on: {
    hover(id: string | null): void;
    node(id: string): void;
    edge(id: string): void;
    nothing(): void;
    open(id: string): void;
    placed(id: string, x: number, y: number): void;
    moved(view: Camera): void;
  };
}

// --- The libraries, which the page holds as scripts of their own.

declare var vis: any;
declare var hudnaSigma: any;
declare var hudnaYasgui: any;
declare var hudna: any;
