/** A place in the form of a topic to which something else leads. */
export type TopicPart = 'schedule' | 'buffer' | 'notice' | 'maxDays' | 'dailyLimit' | 'weeklyLimit';

/** What the program can be connected to. */
export type IntegrationTab = 'video' | 'calendars' | 'mail' | 'page';

/** Where in the window the user is. */
export type Screen =
  | { readonly name: 'bookings'; readonly booking?: string }
  | { readonly name: 'topics'; readonly topic?: string; readonly fresh?: boolean; readonly field?: TopicPart }
  | { readonly name: 'schedules'; readonly schedule?: string; readonly fresh?: boolean }
  | { readonly name: 'integrations'; readonly tab: IntegrationTab }
  | { readonly name: 'settings' };

/** The dialog for a new booking, with what is known of it already. */
export interface Draft {
  readonly topic?: string;
  readonly start?: string;
}
