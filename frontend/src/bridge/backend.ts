import type * as Answers from '../../wailsjs/go/desk/Answers';
import type * as Bookings from '../../wailsjs/go/desk/Bookings';
import type * as Calendars from '../../wailsjs/go/desk/Calendars';
import type * as Changing from '../../wailsjs/go/desk/Changing';
import type * as Mail from '../../wailsjs/go/desk/Mail';
import type * as NewBooking from '../../wailsjs/go/desk/NewBooking';
import type * as Page from '../../wailsjs/go/desk/Page';
import type * as Schedules from '../../wailsjs/go/desk/Schedules';
import type * as Settings from '../../wailsjs/go/desk/Settings';
import type * as Shell from '../../wailsjs/go/desk/Shell';
import type * as Topics from '../../wailsjs/go/desk/Topics';
import type * as Video from '../../wailsjs/go/desk/Video';
import type { desk } from '../../wailsjs/go/models';

/** What the window hears from Go without asking. */
export interface Events {
  /** Something in the data file changed, by whomever. */
  changed: null;
  /** A sign-in ended. */
  connected: desk.SignIn;
  /** A kwadrans:// address asks to show something. */
  link: desk.Link;
  /** The window is to be closed while something is not kept. */
  closing: null;
  /** The key file needs its passphrase; true when a new one is to be chosen. */
  passphrase: boolean;
  /** A file was dropped on the window: its path. */
  dropped: string;
}

/** Go as the window sees it: one object for each bound struct. Calls reject with a Fault and always settle. */
export interface Backend {
  readonly shell: typeof Shell;
  readonly video: typeof Video;
  readonly mail: typeof Mail;
  readonly calendars: typeof Calendars;
  readonly page: typeof Page;
  readonly changing: typeof Changing;
  readonly answers: typeof Answers;
  readonly topics: typeof Topics;
  readonly schedules: typeof Schedules;
  readonly newBooking: typeof NewBooking;
  readonly bookings: typeof Bookings;
  readonly settings: typeof Settings;
  /** Listens to an event until the returned function is called. */
  on<E extends keyof Events>(event: E, hear: (data: Events[E]) => void): () => void;
}

export type Asking = desk.Asking;
export type Attendee = desk.Attendee;
export type Block = desk.Block;
export type BookForm = desk.BookForm;
export type Booking = desk.Booking;
export type BookingDetail = desk.BookingDetail;
export type BookingPage = desk.BookingPage;
export type BookResult = desk.BookResult;
export type Calendar = desk.Calendar;
export type CalendarForm = desk.CalendarForm;
export type Cell = desk.Cell;
export type ChangeForm = desk.ChangeForm;
export type Collection = desk.Collection;
export type Conflict = desk.Conflict;
export type Connection = desk.Connection;
export type DayHours = desk.DayHours;
export type DayOffer = desk.DayOffer;
export type Found = desk.Found;
export type HistoryEvent = desk.Event;
export type Hours = desk.Hours;
export type IdCheck = desk.IDCheck;
export type Letter = desk.Letter;
export type Light = desk.Light;
export type Link = desk.Link;
export type MailAccount = desk.MailAccount;
export type MailPreset = desk.MailPreset;
export type MailReport = desk.MailReport;
export type Offer = desk.Offer;
export type Opening = desk.Opening;
export type Outlook = desk.Outlook;
export type PageForm = desk.PageForm;
export type PageState = desk.PageState;
export type Permission = desk.Permission;
export type Place = desk.Place;
export type PlanLetter = desk.PlanLetter;
export type PlanPart = desk.PlanPart;
export type Profile = desk.Profile;
export type Question = desk.Question;
export type Reading = desk.Reading;
export type Said = desk.Said;
export type Schedule = desk.Schedule;
export type SendPlan = desk.SendPlan;
export type SignIn = desk.SignIn;
export type Sources = desk.Sources;
export type Start = desk.Start;
export type Step = desk.Step;
export type Topic = desk.Topic;
export type TopicLink = desk.TopicLink;
