import Activity from 'lucide/dist/esm/icons/activity.mjs'
import AppWindow from 'lucide/dist/esm/icons/app-window.mjs'
import ArrowDown from 'lucide/dist/esm/icons/arrow-down.mjs'
import ArrowDownToLine from 'lucide/dist/esm/icons/arrow-down-to-line.mjs'
import ArrowDownUp from 'lucide/dist/esm/icons/arrow-down-up.mjs'
import ArrowLeft from 'lucide/dist/esm/icons/arrow-left.mjs'
import ArrowRight from 'lucide/dist/esm/icons/arrow-right.mjs'
import ArrowUp from 'lucide/dist/esm/icons/arrow-up.mjs'
import ArrowUpFromLine from 'lucide/dist/esm/icons/arrow-up-from-line.mjs'
import Ban from 'lucide/dist/esm/icons/ban.mjs'
import Bell from 'lucide/dist/esm/icons/bell.mjs'
import Briefcase from 'lucide/dist/esm/icons/briefcase.mjs'
import Building from 'lucide/dist/esm/icons/building.mjs'
import Calendar from 'lucide/dist/esm/icons/calendar.mjs'
import Check from 'lucide/dist/esm/icons/check.mjs'
import ChevronDown from 'lucide/dist/esm/icons/chevron-down.mjs'
import ChevronRight from 'lucide/dist/esm/icons/chevron-right.mjs'
import ChevronsUpDown from 'lucide/dist/esm/icons/chevrons-up-down.mjs'
import CircleCheck from 'lucide/dist/esm/icons/circle-check.mjs'
import CircleDashed from 'lucide/dist/esm/icons/circle-dashed.mjs'
import CircleMinus from 'lucide/dist/esm/icons/circle-minus.mjs'
import CircleX from 'lucide/dist/esm/icons/circle-x.mjs'
import Clock from 'lucide/dist/esm/icons/clock.mjs'
import Copy from 'lucide/dist/esm/icons/copy.mjs'
import Download from 'lucide/dist/esm/icons/download.mjs'
import Ellipsis from 'lucide/dist/esm/icons/ellipsis.mjs'
import EqualApproximately from 'lucide/dist/esm/icons/equal-approximately.mjs'
import ExternalLink from 'lucide/dist/esm/icons/external-link.mjs'
import Eye from 'lucide/dist/esm/icons/eye.mjs'
import FileText from 'lucide/dist/esm/icons/file-text.mjs'
import FlaskConical from 'lucide/dist/esm/icons/flask-conical.mjs'
import Funnel from 'lucide/dist/esm/icons/funnel.mjs'
import Hourglass from 'lucide/dist/esm/icons/hourglass.mjs'
import Info from 'lucide/dist/esm/icons/info.mjs'
import KeyRound from 'lucide/dist/esm/icons/key-round.mjs'
import Link2 from 'lucide/dist/esm/icons/link-2.mjs'
import List from 'lucide/dist/esm/icons/list.mjs'
import LoaderCircle from 'lucide/dist/esm/icons/loader-circle.mjs'
import Lock from 'lucide/dist/esm/icons/lock.mjs'
import LogIn from 'lucide/dist/esm/icons/log-in.mjs'
import LogOut from 'lucide/dist/esm/icons/log-out.mjs'
import Mail from 'lucide/dist/esm/icons/mail.mjs'
import Menu from 'lucide/dist/esm/icons/menu.mjs'
import MessageSquare from 'lucide/dist/esm/icons/message-square.mjs'
import OctagonAlert from 'lucide/dist/esm/icons/octagon-alert.mjs'
import Pause from 'lucide/dist/esm/icons/pause.mjs'
import Pencil from 'lucide/dist/esm/icons/pencil.mjs'
import Phone from 'lucide/dist/esm/icons/phone.mjs'
import Plug from 'lucide/dist/esm/icons/plug.mjs'
import Plus from 'lucide/dist/esm/icons/plus.mjs'
import RefreshCw from 'lucide/dist/esm/icons/refresh-cw.mjs'
import Route from 'lucide/dist/esm/icons/route.mjs'
import Search from 'lucide/dist/esm/icons/search.mjs'
import Send from 'lucide/dist/esm/icons/send.mjs'
import Settings from 'lucide/dist/esm/icons/settings.mjs'
import ShieldCheck from 'lucide/dist/esm/icons/shield-check.mjs'
import Star from 'lucide/dist/esm/icons/star.mjs'
import ThumbsUp from 'lucide/dist/esm/icons/thumbs-up.mjs'
import Trash from 'lucide/dist/esm/icons/trash.mjs'
import TriangleAlert from 'lucide/dist/esm/icons/triangle-alert.mjs'
import Unlink from 'lucide/dist/esm/icons/unlink.mjs'
import User from 'lucide/dist/esm/icons/user.mjs'
import Users from 'lucide/dist/esm/icons/users.mjs'
import X from 'lucide/dist/esm/icons/x.mjs'

/** The drawings in use, by lucide’s own names. Only these are bundled. */
export const iconNodes = {
  activity: Activity,
  'app-window': AppWindow,
  'arrow-down': ArrowDown,
  'arrow-down-to-line': ArrowDownToLine,
  'arrow-down-up': ArrowDownUp,
  'arrow-left': ArrowLeft,
  'arrow-right': ArrowRight,
  'arrow-up': ArrowUp,
  'arrow-up-from-line': ArrowUpFromLine,
  ban: Ban,
  bell: Bell,
  briefcase: Briefcase,
  building: Building,
  calendar: Calendar,
  check: Check,
  'chevron-down': ChevronDown,
  'chevron-right': ChevronRight,
  'chevrons-up-down': ChevronsUpDown,
  'circle-check': CircleCheck,
  'circle-dashed': CircleDashed,
  'circle-minus': CircleMinus,
  'circle-x': CircleX,
  clock: Clock,
  copy: Copy,
  download: Download,
  ellipsis: Ellipsis,
  'equal-approximately': EqualApproximately,
  'external-link': ExternalLink,
  eye: Eye,
  'file-text': FileText,
  'flask-conical': FlaskConical,
  funnel: Funnel,
  hourglass: Hourglass,
  info: Info,
  'key-round': KeyRound,
  'link-2': Link2,
  list: List,
  'loader-circle': LoaderCircle,
  lock: Lock,
  'log-in': LogIn,
  'log-out': LogOut,
  mail: Mail,
  menu: Menu,
  'message-square': MessageSquare,
  'octagon-alert': OctagonAlert,
  pause: Pause,
  pencil: Pencil,
  phone: Phone,
  plug: Plug,
  plus: Plus,
  'refresh-cw': RefreshCw,
  route: Route,
  search: Search,
  send: Send,
  settings: Settings,
  'shield-check': ShieldCheck,
  star: Star,
  'thumbs-up': ThumbsUp,
  trash: Trash,
  'triangle-alert': TriangleAlert,
  unlink: Unlink,
  user: User,
  users: Users,
  x: X,
} as const

export type IconName = keyof typeof iconNodes
