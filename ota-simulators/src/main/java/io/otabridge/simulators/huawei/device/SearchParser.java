package io.otabridge.simulators.huawei.device;

import io.otabridge.simulators.huawei.device.DeviceSearch.Order;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses a search word by word. */
final class SearchParser {

    private static final int MAX_LENGTH = 400;
    private static final int MAX_CONDITIONS = 5;
    private static final int MAX_OFFSET = 500;
    private static final int MAX_ROWS = 50;
    private static final int DEFAULT_ROWS = 10;
    private static final Pattern WORD = Pattern.compile("\\s*('[^']*'|[A-Za-z_]+|[0-9]{1,9}|!=|[=<>,()*])\\s*");

    private final List<String> words;
    private int next;

    /** The text is not valid. */
    private static final class InvalidSearch extends Exception {

        private static final long serialVersionUID = 1L;

        InvalidSearch(String message) {
            super(message);
        }
    }

    private SearchParser(List<String> words) {
        this.words = words;
    }

    static Either<String, DeviceSearch> parse(String sql) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(sql);
        int end = 0;
        while (end < sql.length() && word.find(end) && word.start() == end) {
            words.add(word.group(1));
            end = word.end();
        }
        if (sql.isEmpty() || sql.length() > MAX_LENGTH || end < sql.length()) {
            return Either.left("sql must have 1 to " + MAX_LENGTH + " characters of the query language");
        }
        try {
            return Either.right(new SearchParser(words).search());
        } catch (InvalidSearch invalid) {
            return Either.left(String.valueOf(invalid.getMessage()));
        }
    }

    private DeviceSearch search() throws InvalidSearch {
        require("select");
        boolean isCount = accept("count");
        if (isCount) {
            require("(");
            if (!accept("*")) {
                require("1");
            }
            require(")");
        } else {
            require("*");
        }
        require("from");
        require("device");
        List<List<SearchCondition>> alternatives = accept("where") ? alternatives() : List.of();
        Order order = Order.RANDOM;
        if (accept("order")) {
            require("by");
            require("marker");
            order = accept("desc") ? Order.DESCENDING : Order.ASCENDING;
            accept("asc");
        }
        int offset = 0;
        int rows = DEFAULT_ROWS;
        if (accept("limit")) {
            rows = number();
            if (accept(",")) {
                offset = rows;
                rows = number();
            }
        }
        if (next < words.size()) {
            throw new InvalidSearch("sql has an unexpected " + words.get(next));
        }
        if (offset > MAX_OFFSET || rows < 1 || rows > MAX_ROWS) {
            throw new InvalidSearch("limit allows an offset up to " + MAX_OFFSET + " and 1 to " + MAX_ROWS + " rows");
        }
        return new DeviceSearch(isCount, alternatives, order, offset, rows);
    }

    private List<List<SearchCondition>> alternatives() throws InvalidSearch {
        List<List<SearchCondition>> alternatives = new ArrayList<>();
        int count = 0;
        do {
            List<SearchCondition> conditions = new ArrayList<>();
            do {
                conditions.add(condition());
                count++;
            } while (accept("and"));
            alternatives.add(conditions);
        } while (accept("or"));
        if (count > MAX_CONDITIONS) {
            throw new InvalidSearch("sql has more than " + MAX_CONDITIONS + " conditions");
        }
        return alternatives;
    }

    private SearchCondition condition() throws InvalidSearch {
        String field = word();
        boolean isNegated = accept("not");
        String operator = word().toLowerCase(Locale.ROOT);
        List<String> values = new ArrayList<>();
        if (operator.equals("in")) {
            require("(");
            do {
                values.add(text());
            } while (accept(","));
            require(")");
            operator = isNegated ? "not in" : "in";
        } else if (List.of("=", "!=", "<", ">", "like").contains(operator) && !isNegated) {
            values.add(text());
        } else {
            throw new InvalidSearch("sql has an unexpected " + operator);
        }
        SearchCondition condition = new SearchCondition(field, operator, values);
        Option<String> error = condition.error();
        if (error.isDefined()) {
            throw new InvalidSearch(error.get());
        }
        return condition;
    }

    private boolean accept(String keyword) {
        boolean isNext = next < words.size() && words.get(next).equalsIgnoreCase(keyword);
        next += isNext ? 1 : 0;
        return isNext;
    }

    private void require(String keyword) throws InvalidSearch {
        if (!accept(keyword)) {
            throw new InvalidSearch("sql has no " + keyword + " where it is expected");
        }
    }

    private String word() throws InvalidSearch {
        if (next == words.size()) {
            throw new InvalidSearch("sql is incomplete");
        }
        return words.get(next++);
    }

    private String text() throws InvalidSearch {
        String quoted = word();
        if (!quoted.startsWith("'")) {
            throw new InvalidSearch("sql has a value without quotes");
        }
        return quoted.substring(1, quoted.length() - 1);
    }

    private int number() throws InvalidSearch {
        String digits = word();
        if (!digits.matches("[0-9]+")) {
            throw new InvalidSearch("limit needs numbers");
        }
        return Integer.parseInt(digits);
    }
}
