package dev.athanor.data.shop;

import dev.athanor.data.Seed;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What customers do in the shop over a quarter: they look, search, buy, rate, and buy again what they like.
///
/// Each has a favourite category of tea and a second one, which no file but the hidden one says: 60 of 100
/// products that they look at are of the favourite, 15 of the second, the rest is anything. Within a category
/// a product counts as 1 by its rank in the list. What they like goes to the basket more often, is rated
/// higher, and is bought again.
record Trade(Seed seed, int pieces) {
    private static final double FAVOURITE = 0.6;
    private static final double SECOND = 0.15;
    private static final double SESSIONS = 14; // of a customer on average
    private static final double SEARCHES = 0.35; // of sessions
    private static final double BUYS = 0.6; // of baskets
    private static final double RATES = 0.4; // of purchases
    private static final double AGAIN = 0.5; // of purchases of a favourite tea, after the days that a tin lasts
    private static final int TIN_DAYS = 21;

    /// How somebody stands to a product.
    private enum Liking {
        FAVOURITE(0.25, new double[] {0, 0, 0.1, 0.3, 0.6}),
        SECOND(0.15, new double[] {0, 0, 0.25, 0.5, 0.25}),
        OTHER(0.06, new double[] {0.05, 0.2, 0.45, 0.25, 0.05});

        private final double basket; // how likely what is seen goes there
        private final double[] ratings; // how likely 1 to 5 are

        Liking(double basket, double[] ratings) {
            this.basket = basket;
            this.ratings = ratings;
        }
    }

    private record Customer(String id, Language language, LocalDate since, String favourite, String second) {
        Liking liking(Product product) {
            String category = product.columns().get("category");
            return category.equals(favourite)
                    ? Liking.FAVOURITE
                    : category.equals(second) ? Liking.SECOND : Liking.OTHER;
        }
    }

    private record Event(LocalDateTime time, Customer customer, String kind, Map<String, String> details) {
        List<String> row() {
            List<String> row = new ArrayList<>(List.of(Quarter.written(time), customer.id(), kind));
            for (String column : List.of("product", "query", "amount", "rating")) {
                row.add(details.getOrDefault(column, ""));
            }
            return row;
        }
    }

    /// Who buys here, as the shop knows it.
    String customers() {
        Table table = new Table(List.of("customer", "language", "since"));
        everyone()
                .forEach(customer -> table.add(List.of(
                        customer.id(),
                        customer.language().code(),
                        customer.since().toString())));
        return table.toString();
    }

    /// What they like, which nobody but the author knows.
    String hidden() {
        Table table = new Table(List.of("customer", "favourite", "second"));
        everyone().forEach(customer -> table.add(List.of(customer.id(), customer.favourite(), customer.second())));
        return table.toString();
    }

    private List<Customer> everyone() {
        Chance chance = new Chance(seed.branch("customers").random());
        List<String> categories = Product.list().stream()
                .filter(Product::isTea)
                .map(product -> product.columns().get("category"))
                .distinct()
                .toList();
        List<Customer> everyone = new ArrayList<>();
        for (int number = 1; number <= Math.max(10, pieces / 3); number++) {
            String favourite = chance.any(categories);
            String second = chance.any(categories.stream()
                    .filter(category -> !category.equals(favourite))
                    .toList());
            Language language = chance.any(List.of(Language.values()));
            LocalDate since = Quarter.FIRST.minusDays(chance.random().nextInt(1, 1000));
            everyone.add(new Customer("c%05d".formatted(number), language, since, favourite, second));
        }
        return everyone;
    }

    /// Everything in the order of time.
    String events() {
        Chance chance = new Chance(seed.branch("events").random());
        Shelf shelf = Shelf.of(Product.list());
        List<Event> events = new ArrayList<>();
        for (Customer customer : everyone()) {
            int sessions = 1 + (int) chance.exponential(SESSIONS - 1);
            for (int i = 0; i < sessions; i++) {
                new Visit(customer, shelf, chance, events).run(Quarter.anyTime(Quarter.anyDay(chance), chance));
            }
        }
        events.removeIf(event -> !event.time().isBefore(Quarter.END));
        events.sort(Comparator.comparing(Event::time)
                .thenComparing(event -> event.customer().id()));
        Table table = new Table(List.of("time", "customer", "event", "product", "query", "amount", "rating"));
        events.forEach(event -> table.add(event.row()));
        return table.toString();
    }

    /// The products by category, and how often each is taken.
    private record Shelf(List<Product> products, Map<String, List<Product>> categories) {
        static Shelf of(List<Product> products) {
            return new Shelf(
                    products,
                    products.stream()
                            .collect(Collectors.groupingBy(
                                    product -> product.columns().get("category"))));
        }

        Product any(Customer customer, Chance chance) {
            double at = chance.random().nextDouble();
            if (at >= FAVOURITE + SECOND) {
                return chance.any(products);
            }
            List<Product> choices = categories.get(at < FAVOURITE ? customer.favourite() : customer.second());
            double[] weights = IntStream.rangeClosed(1, choices.size())
                    .mapToDouble(rank -> 1.0 / rank)
                    .toArray();
            return chance.any(choices, weights);
        }
    }

    /// One visit of a customer, and what follows of it later.
    private record Visit(Customer customer, Shelf shelf, Chance chance, List<Event> events) {
        void run(LocalDateTime begin) {
            LocalDateTime time = begin;
            if (chance.happens(SEARCHES)) {
                add(time, "search", Map.of("query", query()));
                time = later(time);
            }
            int views = 1;
            while (views < 8 && chance.happens(0.5)) {
                views++;
            }
            for (int view = 0; view < views; view++) {
                Product product = shelf.any(customer, chance);
                add(time, "view", Map.of("product", sku(product)));
                time = later(time);
                if (chance.happens(customer.liking(product).basket)) {
                    add(time, "basket", Map.of("product", sku(product)));
                    time = later(time);
                    if (chance.happens(BUYS)) {
                        buy(time, product);
                        time = later(time);
                    }
                }
            }
        }

        /// A purchase, perhaps a rating some days later, and perhaps the same again when a tin is empty.
        private void buy(LocalDateTime time, Product product) {
            int price = Integer.parseInt(product.columns().get("price"));
            int amount = chance.happens(0.2) ? 2 * price : price;
            add(time, "buy", Map.of("product", sku(product), "amount", Integer.toString(amount)));
            Liking liking = customer.liking(product);
            if (chance.happens(RATES)) {
                int rating = chance.any(List.of(1, 2, 3, 4, 5), liking.ratings);
                LocalDateTime then = again(time, 2, 14);
                add(then, "rate", Map.of("product", sku(product), "rating", Integer.toString(rating)));
            }
            if (liking == Liking.FAVOURITE && chance.happens(AGAIN)) {
                LocalDateTime then = again(time, TIN_DAYS - 4, TIN_DAYS + 4);
                add(then, "basket", Map.of("product", sku(product)));
                buy(later(then), product);
            }
        }

        /// A moment some days later, which may lie behind the quarter's end.
        private LocalDateTime again(LocalDateTime time, int least, int most) {
            int days = chance.random().nextInt(least, most + 1);
            return time.plusDays(days).plusSeconds(chance.random().nextInt(-7200, 7201));
        }

        private LocalDateTime later(LocalDateTime time) {
            return time.plusSeconds(chance.random().nextInt(5, 180));
        }

        /// A name, a category or a taste, in the customer's language.
        private String query() {
            Map<String, String> values = shelf.any(customer, chance).in(customer.language());
            String word = values.get(chance.any(List.of("name", "category", "taste", "origin")));
            return word.isEmpty() ? values.get("category") : word;
        }

        private void add(LocalDateTime time, String kind, Map<String, String> details) {
            events.add(new Event(time, customer, kind, details));
        }

        private static String sku(Product product) {
            return product.columns().get("sku");
        }
    }
}
