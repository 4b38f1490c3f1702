import ArrowLeft from '@lucide/svelte/icons/arrow-left';
import BookUser from '@lucide/svelte/icons/book-user';
import Building from '@lucide/svelte/icons/building';
import Calendar from '@lucide/svelte/icons/calendar';
import CalendarCheck from '@lucide/svelte/icons/calendar-check';
import Check from '@lucide/svelte/icons/check';
import ChevronRight from '@lucide/svelte/icons/chevron-right';
import CircleAlert from '@lucide/svelte/icons/circle-alert';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleQuestionMark from '@lucide/svelte/icons/circle-question-mark';
import Clock from '@lucide/svelte/icons/clock';
import CloudOff from '@lucide/svelte/icons/cloud-off';
import CloudUpload from '@lucide/svelte/icons/cloud-upload';
import Ban from '@lucide/svelte/icons/ban';
import Copy from '@lucide/svelte/icons/copy';
import Download from '@lucide/svelte/icons/download';
import Eye from '@lucide/svelte/icons/eye';
import EyeOff from '@lucide/svelte/icons/eye-off';
import Globe from '@lucide/svelte/icons/globe';
import Heart from '@lucide/svelte/icons/heart';
import HeartHandshake from '@lucide/svelte/icons/heart-handshake';
import House from '@lucide/svelte/icons/house';
import Info from '@lucide/svelte/icons/info';
import Lightbulb from '@lucide/svelte/icons/lightbulb';
import Kanban from '@lucide/svelte/icons/square-kanban';
import List from '@lucide/svelte/icons/list';
import ListFilter from '@lucide/svelte/icons/list-filter';
import Lock from '@lucide/svelte/icons/lock';
import Mail from '@lucide/svelte/icons/mail';
import MapPin from '@lucide/svelte/icons/map-pin';
import Megaphone from '@lucide/svelte/icons/megaphone';
import Menu from '@lucide/svelte/icons/menu';
import NotebookPen from '@lucide/svelte/icons/notebook-pen';
import Pencil from '@lucide/svelte/icons/pencil';
import Phone from '@lucide/svelte/icons/phone';
import Plus from '@lucide/svelte/icons/plus';
import QrCode from '@lucide/svelte/icons/qr-code';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import Search from '@lucide/svelte/icons/search';
import Send from '@lucide/svelte/icons/send';
import Settings from '@lucide/svelte/icons/settings';
import Smartphone from '@lucide/svelte/icons/smartphone';
import Split from '@lucide/svelte/icons/split';
import StickyNote from '@lucide/svelte/icons/sticky-note';
import Sun from '@lucide/svelte/icons/sun';
import Tag from '@lucide/svelte/icons/tag';
import Trash from '@lucide/svelte/icons/trash';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import Undo from '@lucide/svelte/icons/undo-2';
import Upload from '@lucide/svelte/icons/upload';
import User from '@lucide/svelte/icons/user';
import UserPlus from '@lucide/svelte/icons/user-plus';
import Users from '@lucide/svelte/icons/users';
import X from '@lucide/svelte/icons/x';

/** Every picture the screens use, by what it means here (Lucide, ISC licence). */
export const icons = {
  add: Plus,
  alert: CircleAlert,
  alone: Smartphone,
  back: ArrowLeft,
  board: Kanban,
  building: Building,
  calendar: Calendar,
  capture: NotebookPen,
  care: Heart,
  check: Check,
  clock: Clock,
  close: X,
  conflict: Split,
  contacts: BookUser,
  copy: Copy,
  day: Sun,
  done: CircleCheck,
  download: Download,
  edit: Pencil,
  filter: ListFilter,
  forward: ChevronRight,
  handover: Send,
  hide: EyeOff,
  home: House,
  idea: Lightbulb,
  info: Info,
  list: List,
  lock: Lock,
  mail: Mail,
  menu: Menu,
  neighbourhood: House,
  note: NotebookPen,
  offer: HeartHandshake,
  offline: CloudOff,
  organisation: Building,
  person: User,
  personAdd: UserPlus,
  people: Users,
  phone: Phone,
  place: MapPin,
  problem: TriangleAlert,
  qr: QrCode,
  question: CircleQuestionMark,
  refused: Ban,
  remove: Trash,
  scratch: StickyNote,
  search: Search,
  settings: Settings,
  show: Eye,
  signals: Megaphone,
  sync: RefreshCw,
  theme: Tag,
  today: CalendarCheck,
  undo: Undo,
  unsent: CloudUpload,
  upload: Upload,
  web: Globe,
} as const;

/** The name of a picture. */
export type IconName = keyof typeof icons;
