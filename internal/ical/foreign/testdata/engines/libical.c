/* Tells what libical expands: libical FROM TO PAGE...  (Unix seconds). One line
 * "page uid start end" for each occurrence that blocks and meets the stretch. An
 * event on which libical crashes or never returns is told as "page uid loop loop".
 * Build: gcc -o libical libical.c -lical */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *page;
static icalcomponent *cal;
static time_t from, to;

static int blocks(icalcomponent *e)
{
    icalproperty *p;
    if (icalcomponent_get_status(e) == ICAL_STATUS_CANCELLED)
        return 0;
    p = icalcomponent_get_first_property(e, ICAL_TRANSP_PROPERTY);
    if (p && icalproperty_get_transp(p) == ICAL_TRANSP_TRANSPARENT)
        return 0;
    for (p = icalcomponent_get_first_property(e, ICAL_X_PROPERTY); p; p = icalcomponent_get_next_property(e, ICAL_X_PROPERTY))
        if (!strcmp(icalproperty_get_x_name(p), "X-MICROSOFT-CDO-BUSYSTATUS") && !strcmp(icalproperty_get_x(p), "FREE"))
            return 0;
    return 1;
}

static time_t instant(struct icaltimetype t)
{
    return icaltime_as_timet_with_zone(t, t.zone ? t.zone : icaltimezone_get_utc_timezone());
}

/* The time of a property with the zone that it names, which the getters of a component leave out. */
static struct icaltimetype named(icalcomponent *e, icalproperty_kind kind)
{
    icalproperty *p = icalcomponent_get_first_property(e, kind);
    return p ? icalproperty_get_datetime_with_component(p, e) : icaltime_null_time();
}

static int same(icalcomponent *a, icalcomponent *b)
{
    const char *x = icalcomponent_get_uid(a), *y = icalcomponent_get_uid(b);
    return x && y && !strcmp(x, y);
}

static int changed(icalcomponent *master, time_t start)
{
    icalcompiter i = icalcomponent_begin_component(cal, ICAL_VEVENT_COMPONENT);
    for (; icalcompiter_deref(&i); icalcompiter_next(&i)) {
        icalcomponent *e = icalcompiter_deref(&i);
        struct icaltimetype id = named(e, ICAL_RECURRENCEID_PROPERTY);
        if (!icaltime_is_null_time(id) && same(e, master) && instant(id) == start)
            return 1;
    }
    return 0;
}

static void tell(icalcomponent *e, time_t start, time_t end)
{
    if (blocks(e) && start < to && end > from && start < end)
        printf("%s %s %lld %lld\n", page, icalcomponent_get_uid(e) ? icalcomponent_get_uid(e) : "-", (long long)start, (long long)end);
}

static void occurrence(icalcomponent *e, struct icaltime_span *s, void *data)
{
    struct icaltimetype first = icalcomponent_get_dtstart(e), last = icalcomponent_get_dtend(e);
    time_t end = s->end;
    (void)data;
    /* The span of a day reaches into the next one. */
    if (first.is_date)
        end = s->start + (icaltime_compare(last, first) > 0 ? instant(last) - instant(first) : 86400);
    if (!changed(e, s->start))
        tell(e, s->start, end);
}

/* Expands an event in a process of its own: libical 3.0.16 reads beyond its memory on some rules. */
static void apart(icalcomponent *e, struct icaltimetype begin, struct icaltimetype end)
{
    int status;
    pid_t child;
    fflush(stdout);
    child = fork();
    if (child == 0) {
        alarm(2);
        icalcomponent_foreach_recurrence(e, begin, end, occurrence, NULL);
        fflush(stdout);
        _exit(0);
    }
    if (child < 0 || waitpid(child, &status, 0) < 0 || status != 0)
        printf("%s %s loop loop\n", page, icalcomponent_get_uid(e) ? icalcomponent_get_uid(e) : "-");
}

static char *slurp(const char *name)
{
    FILE *f = fopen(name, "rb");
    char *buf;
    long n;
    if (!f || fseek(f, 0, SEEK_END) || (n = ftell(f)) < 0)
        return NULL;
    rewind(f);
    buf = calloc(1, (size_t)n + 1);
    if (!buf || fread(buf, 1, (size_t)n, f) != (size_t)n)
        return NULL;
    fclose(f);
    return buf;
}

static int tell_page(const char *name)
{
    char *buf = slurp(name);
    icalcompiter i;
    struct icaltimetype begin, end;
    page = name;
    cal = buf ? icalparser_parse_string(buf) : NULL;
    if (!cal) {
        fprintf(stderr, "%s: libical reads nothing\n", name);
        return 1;
    }
    begin = icaltime_from_timet_with_zone(from - 40 * 86400, 0, icaltimezone_get_utc_timezone());
    end = icaltime_from_timet_with_zone(to + 40 * 86400, 0, icaltimezone_get_utc_timezone());
    for (i = icalcomponent_begin_component(cal, ICAL_VEVENT_COMPONENT); icalcompiter_deref(&i); icalcompiter_next(&i)) {
        icalcomponent *e = icalcompiter_deref(&i);
        if (icaltime_is_null_time(named(e, ICAL_RECURRENCEID_PROPERTY)))
            apart(e, begin, end);
        else
            tell(e, instant(icalcomponent_get_dtstart(e)), instant(icalcomponent_get_dtend(e)));
    }
    icalcomponent_free(cal);
    free(buf);
    return 0;
}

int main(int argc, char **argv)
{
    int i, bad = 0;
    if (argc < 4)
        return 2;
    from = atoll(argv[1]);
    to = atoll(argv[2]);
    for (i = 3; i < argc; i++)
        bad |= tell_page(argv[i]);
    return bad;
}
