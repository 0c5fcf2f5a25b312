package dev.athanor.data.shop;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// The ninety days that the events and the news stream are from: Monday 2 March to Saturday 30 May 2026.
final class Quarter {
    static final LocalDate FIRST = LocalDate.of(2026, 3, 2);
    static final int DAYS = 90;
    static final LocalDateTime END = FIRST.plusDays(DAYS).atStartOfDay();

    /// From Monday, when the shop is closed, to Sunday; 1 on average.
    private static final double[] WEEK = {0.6, 0.8, 0.9, 0.9, 1.1, 1.5, 1.2};

    /// From midnight on, an hour each: asleep, two breaks, and the evening.
    private static final double[] HOURS = {
        1, 0.5, 0.2, 0.2, 0.2, 0.5, 1, 2, 3, 4, 4, 5, 7, 6, 4, 4, 4, 5, 6, 8, 10, 9, 6, 3
    };

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

    private Quarter() {}

    /// How busy a day is by its place in the week.
    static double rhythm(int day) {
        return WEEK[FIRST.plusDays(day).getDayOfWeek().ordinal()];
    }

    /// A day, busy ones more often.
    static int anyDay(Chance chance) {
        int day = chance.random().nextInt(DAYS);
        while (!chance.happens(rhythm(day) / 1.5)) {
            day = chance.random().nextInt(DAYS);
        }
        return day;
    }

    /// A moment of a day, in the evening more often than at night.
    static LocalDateTime anyTime(int day, Chance chance) {
        int hour = chance.random().nextInt(24);
        while (!chance.happens(HOURS[hour] / 10)) {
            hour = chance.random().nextInt(24);
        }
        return FIRST.plusDays(day)
                .atStartOfDay()
                .plusSeconds(hour * 3600L + chance.random().nextInt(3600));
    }

    /// As ISO 8601 has it, in the shop's zone.
    static String written(LocalDateTime time) {
        return SECONDS.format(time.atOffset(ZoneOffset.ofHours(8)));
    }
}
