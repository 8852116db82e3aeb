export namespace desk {
	
	export interface Question {
	    label: string;
	    required: boolean;
	    long: boolean;
	}
	export interface Asking {
	    confirm: string;
	    questions: Question[];
	}
	export interface Attendee {
	    name: string;
	    email: string;
	    zone: string;
	    lang: string;
	    answer: string;
	}
	export interface Block {
	    start: string;
	    end: string;
	    title: string;
	    kind: string;
	    topic: string;
	    source: string;
	    checkedAt: string;
	    colour: string;
	}
	export interface BookForm {
	    topic: string;
	    start: string;
	    attendees: Attendee[];
	    note: string;
	    reason: string;
	    overZoom: boolean;
	}
	export interface Conflict {
	    start: string;
	    code: string;
	    item: string;
	    itemStart: string;
	    itemEnd: string;
	    source: string;
	    checkedAt: string;
	    overlap: number;
	    nearest: string[];
	}
	export interface Light {
	    state: string;
	    done: number;
	    total: number;
	    code: string;
	}
	export interface Step {
	    target: string;
	    kind: string;
	    to: string;
	    state: string;
	    code: string;
	    words: string;
	    attempts: number;
	    notBefore: string;
	    maybeSent: boolean;
	}
	export interface Place {
	    kind: string;
	    detail: string;
	    waitingRoom: string;
	    joinBeforeHost: string;
	}
	export interface Booking {
	    id: string;
	    short: string;
	    topic: string;
	    topicName: string;
	    colour: string;
	    state: string;
	    start: string;
	    end: string;
	    zone: string;
	    place: Place;
	    hostName: string;
	    hostEmail: string;
	    attendees: Attendee[];
	    joinUrl: string;
	    meetingId: string;
	    passcode: string;
	    note: string;
	    form: string;
	    over: string;
	    reason: string;
	    steps: Step[];
	    undoUntil: string;
	    zoom: Light;
	    letters: Light;
	    calendar: Light;
	}
	export interface BookResult {
	    booking?: Booking;
	    conflicts: Conflict[];
	    overZoom: boolean;
	    undoUntil: string;
	}
	
	export interface Event {
	    at: string;
	    actor: string;
	    kind: string;
	    target: string;
	    detail: string;
	}
	export interface BookingDetail {
	    booking: Booking;
	    history: Event[];
	}
	export interface BookingList {
	    when: string;
	    search: string;
	    offset: number;
	    limit: number;
	}
	export interface BookingPage {
	    rows: Booking[];
	    more: boolean;
	}
	export interface Reading {
	    state: string;
	    good: string;
	    tried: string;
	    next: string;
	    until: string;
	    fails: number;
	    code: string;
	    words: string;
	    doubt: number;
	    entries: number;
	}
	export interface Calendar {
	    id: string;
	    kind: string;
	    name: string;
	    address: string;
	    login: string;
	    colour: string;
	    allDay: boolean;
	    publish: boolean;
	    near: boolean;
	    reading: Reading;
	}
	export interface CalendarForm {
	    id: string;
	    kind: string;
	    name: string;
	    address: string;
	    login: string;
	    password: string;
	    colour: string;
	    allDay: boolean;
	    near: boolean;
	}
	export interface CalendarLine {
	    text: string;
	    changed: boolean;
	}
	export interface Cell {
	    start: string;
	    minute: number;
	    free: boolean;
	    code: string;
	    item: string;
	}
	export interface ChangeForm {
	    id: string;
	    act: string;
	    start: string;
	    reason: string;
	    overZoom: boolean;
	    silent: boolean;
	}
	export interface Clock {
	    from: string;
	    to: string;
	    minutes: number;
	}
	export interface Collection {
	    address: string;
	    name: string;
	    colour: string;
	    writable: boolean;
	    known: boolean;
	}
	
	export interface Key {
	    state: string;
	    source: string;
	}
	export interface TopicInShort {
	    slug: string;
	    name: string;
	    colour: string;
	    on: boolean;
	}
	export interface Permission {
	    key: string;
	    writes: boolean;
	    scopes: string[];
	    granted: boolean;
	    missing: string[];
	}
	export interface Connection {
	    state: string;
	    name: string;
	    email: string;
	    accountType: number;
	    clientId: string;
	    ownId: string;
	    permissions: Permission[];
	    connectedAt: string;
	    lastUsed: string;
	    changed: string;
	    upcoming: number;
	    waiting: Booking[];
	    zoomTopics: TopicInShort[];
	    topics: number;
	    key: Key;
	    offline: boolean;
	}
	export interface Opening {
	    from: number;
	    to: number;
	}
	export interface DayHours {
	    date: string;
	    hours: Opening[];
	    reason: string;
	}
	export interface DayOffer {
	    date: string;
	    load: number;
	    free: number;
	    cells: Cell[];
	    blocks: Block[];
	}
	export interface Disabled {
	    revoked: boolean;
	    connection: Connection;
	}
	
	export interface Fault {
	    code: string;
	    message: string;
	    hint: string;
	}
	export interface Found {
	    collections: Collection[];
	    elsewhere: string;
	}
	export interface Hours {
	    name: string;
	    zone: string;
	    week: Opening[][];
	    days: DayHours[];
	    topics: TopicInShort[];
	}
	export interface IDCheck {
	    kind: string;
	    usable: boolean;
	}
	
	export interface Letter {
	    from: string;
	    to: string[];
	    subject: string;
	    at: string;
	    file: string;
	}
	
	export interface Link {
	    connect: boolean;
	    booking: string;
	}
	export interface Stretch {
	    start: string;
	    end: string;
	}
	export interface LoadDay {
	    date: string;
	    from: number;
	    hours: number[];
	}
	export interface Load {
	    zone: string;
	    week: number;
	    days: LoadDay[];
	    busy: number;
	    open: number;
	    longest?: Stretch;
	}
	
	export interface MailAccount {
	    from: string;
	    host: string;
	    port: number;
	    tls: string;
	    user: string;
	    password: string;
	    set: boolean;
	    secret: boolean;
	}
	export interface MailPreset {
	    known: boolean;
	    account: MailAccount;
	    note: string;
	}
	export interface MailReport {
	    to: string;
	    server: string;
	    tls: string;
	    certificate: string;
	}
	export interface Offer {
	    zone: string;
	    days: DayOffer[];
	    earlier: boolean;
	    later: boolean;
	    checkedAt: string;
	    sources: string[];
	    unknown: string[];
	}
	
	export interface Outlook {
	    from: string;
	    to: string;
	    minutes: number;
	}
	export interface PageForm {
	    on: boolean;
	    port: number;
	    public: string;
	}
	export interface TopicLink {
	    slug: string;
	    name: string;
	    colour: string;
	    on: boolean;
	    listed: boolean;
	    url: string;
	}
	export interface PageState {
	    form: PageForm;
	    state: string;
	    url: string;
	    askedAt: string;
	    fault?: Fault;
	    topics: TopicLink[];
	}
	
	
	export interface PlanLetter {
	    from: string;
	    to: string;
	    replyTo: string;
	    subject: string;
	    text: string;
	    calendar: CalendarLine[];
	}
	export interface PlanPart {
	    kind: string;
	    act: string;
	    place: string;
	    call: string;
	    name: string;
	    email: string;
	    lang: string;
	    toHost: boolean;
	    code: string;
	    letter?: PlanLetter;
	}
	export interface Profile {
	    name: string;
	    email: string;
	    zone: string;
	    lang: string;
	    org: string;
	}
	
	
	export interface Removed {
	    id: string;
	    name: string;
	    undoUntil: string;
	}
	export interface Restored {
	    file: string;
	    kept: string;
	    signInAgain: boolean;
	}
	export interface Said {
	    verdict: string;
	    email: string;
	    name: string;
	    answer: string;
	    comment: string;
	    sender: string;
	    proposed: string;
	    booking?: Booking;
	}
	export interface Schedule {
	    name: string;
	    zone: string;
	    hours: string[][];
	}
	export interface SendPlan {
	    start: string;
	    end: string;
	    conflicts: Conflict[];
	    overZoom: boolean;
	    parts: PlanPart[];
	}
	export interface SignIn {
	    name: string;
	    email: string;
	    otherAccount: boolean;
	    cancelled: boolean;
	    fault?: Fault;
	}
	export interface Sources {
	    zone: string;
	    keep: number;
	    bookings: number;
	    zoom?: Reading;
	    calendars: Calendar[];
	}
	export interface Start {
	    version: string;
	    lang: string;
	    theme: string;
	    zone: string;
	    clocks: Clock[];
	    sandbox: boolean;
	    readOnly: boolean;
	    profile?: Profile;
	    dataFile: string;
	    zoom: string;
	    mail: boolean;
	    topics: number;
	    upcoming: number;
	    attention: number;
	    unread: number;
	    link?: Link;
	    fault?: Fault;
	}
	
	
	export interface Topic {
	    slug: string;
	    name: string;
	    description: string;
	    colour: string;
	    on: boolean;
	    listed: boolean;
	    duration: number;
	    places: Place[];
	    schedule: string;
	    step: number;
	    bufferBefore: number;
	    bufferAfter: number;
	    notice: number;
	    maxDays: number;
	    dailyLimit: number;
	    weeklyLimit: number;
	    mayMove: boolean;
	    moveBefore: number;
	    maxMoves: number;
	    mayCancel: boolean;
	    cancelBefore: number;
	    page: Asking;
	}
	

}

