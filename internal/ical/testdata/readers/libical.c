/* Tells what libical reads in each page named on the command line: one line of
 * JSON for each. Build: gcc -o libical libical.c -lical */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void text(const char *s)
{
    putchar('"');
    for (; s && *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '"' || c == '\\')
            printf("\\%c", c);
        else if (c < 0x20)
            printf("\\u%04x", c);
        else
            putchar(c);
    }
    putchar('"');
}

static void field(const char *name, const char *value)
{
    printf("\"%s\":", name);
    text(value);
    putchar(',');
}

static void person(icalproperty *p, const char *address)
{
    icalparameter *cn = icalproperty_get_first_parameter(p, ICAL_CN_PARAMETER);
    if (address && strncasecmp(address, "mailto:", 7) == 0)
        address += 7;
    printf("{");
    field("cn", cn ? icalparameter_get_cn(cn) : "");
    printf("\"mail\":");
    text(address);
    printf("}");
}

static void event(icalcomponent *e)
{
    icalproperty *p;
    int n = 0;
    printf("{");
    field("uid", icalcomponent_get_uid(e));
    field("summary", icalcomponent_get_summary(e));
    field("description", icalcomponent_get_description(e));
    field("location", icalcomponent_get_location(e));
    p = icalcomponent_get_first_property(e, ICAL_URL_PROPERTY);
    field("url", p ? icalproperty_get_url(p) : "");
    field("status", icalproperty_status_to_string(icalcomponent_get_status(e)));
    printf("\"sequence\":%d,", icalcomponent_get_sequence(e));
    printf("\"start\":%lld,", (long long)icaltime_as_timet_with_zone(icalcomponent_get_dtstart(e), icaltimezone_get_utc_timezone()));
    printf("\"end\":%lld,", (long long)icaltime_as_timet_with_zone(icalcomponent_get_dtend(e), icaltimezone_get_utc_timezone()));
    printf("\"organizer\":[");
    p = icalcomponent_get_first_property(e, ICAL_ORGANIZER_PROPERTY);
    if (p)
        person(p, icalproperty_get_organizer(p));
    printf("],\"attendees\":[");
    for (p = icalcomponent_get_first_property(e, ICAL_ATTENDEE_PROPERTY); p; p = icalcomponent_get_next_property(e, ICAL_ATTENDEE_PROPERTY)) {
        if (n++)
            putchar(',');
        person(p, icalproperty_get_attendee(p));
    }
    printf("]}");
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

static int page(const char *name)
{
    char *buf = slurp(name);
    icalcomponent *cal = buf ? icalparser_parse_string(buf) : NULL, *e;
    icalproperty_method method;
    int n = 0, errors;
    if (!cal) {
        fprintf(stderr, "%s: libical reads nothing\n", name);
        return 1;
    }
    errors = icalcomponent_count_errors(cal);
    method = icalcomponent_get_method(cal);
    /* What each method must and may not have (RFC 5546). PUBLISH is left out: its
     * table wants an ORGANIZER, which RFC 5545 3.8.4.3 forbids in an entry of one's own. */
    if (method != ICAL_METHOD_PUBLISH) {
        icalrestriction_check(cal);
        errors = icalcomponent_count_errors(cal);
    }
    printf("{");
    field("file", name);
    field("method", icalproperty_method_to_string(method));
    printf("\"errors\":%d,\"events\":[", errors);
    for (e = icalcomponent_get_first_component(cal, ICAL_VEVENT_COMPONENT); e; e = icalcomponent_get_next_component(cal, ICAL_VEVENT_COMPONENT)) {
        if (n++)
            putchar(',');
        event(e);
    }
    printf("]}\n");
    if (errors)
        fprintf(stderr, "%s", icalcomponent_as_ical_string(cal));
    return 0;
}

int main(int argc, char **argv)
{
    int i, bad = 0;
    for (i = 1; i < argc; i++)
        bad |= page(argv[i]);
    return bad;
}
