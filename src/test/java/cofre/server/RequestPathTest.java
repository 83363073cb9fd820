package cofre.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {
    private static final String ID = "0123456789abcdef".repeat(4);

    @Test
    void understandsEveryFormOfTheProtocol() {
        assertThat(RequestPath.parse("/")).contains(path(new Item.Whole()));
        assertThat(RequestPath.parse("/config")).contains(path(new Item.Config()));
        assertThat(RequestPath.parse("/data/")).contains(path(new Item.Listing(FileType.DATA)));
        assertThat(RequestPath.parse("/keys/" + ID)).contains(path(new Item.Blob(FileType.KEYS, ID)));
        assertThat(RequestPath.parse("/a/")).contains(path(new Item.Whole(), "a"));
        assertThat(RequestPath.parse("/a/b/config")).contains(path(new Item.Config(), "a", "b"));
        assertThat(RequestPath.parse("/a%20b/%C3%A9/locks/"))
                .contains(path(new Item.Listing(FileType.LOCKS), "a b", "é"));
        assertThat(RequestPath.parse("/a/b/snapshots/" + ID))
                .contains(path(new Item.Blob(FileType.SNAPSHOTS, ID), "a", "b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "*", // OPTIONS *
                "config", // not absolute
                "/a", // no slash at the end
                "/a/b/c/", // three deep
                "/a/b/c/config",
                "//", // empty names
                "//data/",
                "/a//data/",
                "/a/data//",
                "/./data/", // the file system's own words
                "/../data/",
                "/a/../data/",
                "/%2e%2e/data/",
                "/.%2E/data/",
                "/%2e/data/",
                "/a%2fb/data/", // separators in disguise
                "/a%5cb/data/",
                "/a\\b/data/",
                "/..%5c..%5c/data/",
                "/%00/data/", // control characters
                "/a%0ab/data/",
                "/%7f/data/",
                "/%ff/data/", // not UTF-8
                "/%c0%ae%c0%ae/data/", // overlong dots
                "/%zz/data/", // not percent encoding
                "/%4/data/",
                "/%/data/",
                "/data", // a type is not a file
                "/data/data/",
                "/data/a/",
                "/dat%61/", // a type in disguise is no repository
                "/confi%67/data/",
                "/config/",
                "/config/data/",
                "/a/config/data/",
                "/a/data/0123", // ids
                "/a/data/..",
                "/a/data/%2e%2e",
                "/a/data/../config",
                "/other/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            })
    void understandsNothingElse(String raw) {
        assertThat(RequestPath.parse(raw)).isEmpty();
    }

    @Test
    void refusesIdsThatAreNotExactlySixtyFourLowerCaseHexDigits() {
        for (String id : List.of(ID.substring(1), ID + "0", ID.replace('a', 'A'), ID.replace('a', 'g'), ID + "/")) {
            assertThat(RequestPath.parse("/a/data/" + id)).as(id).isEmpty();
        }
    }

    @Test
    void refusesNamesLongerThanAFileName() {
        assertThat(RequestPath.parse("/" + "n".repeat(255) + "/")).isPresent();
        assertThat(RequestPath.parse("/" + "n".repeat(256) + "/")).isEmpty();
        assertThat(RequestPath.parse("/" + "%C3%A9".repeat(128) + "/")).isEmpty();
    }

    @Property
    void neverNamesAFolderThatLeavesTheRoot(@ForAll String raw) {
        for (String text : List.of(raw, "/" + raw, "/" + raw + "/data/", "/a/" + raw + "/config")) {
            RequestPath.parse(text)
                    .ifPresent(path -> assertThat(path.repo().folders())
                            .hasSizeLessThanOrEqualTo(2)
                            .allSatisfy(name -> assertThat(name)
                                    .isNotEmpty()
                                    .isNotIn(".", "..")
                                    .doesNotContain("/", "\\", "\0", "\n")));
        }
    }

    private static RequestPath path(Item item, String... folders) {
        return new RequestPath(new RepoPath(List.of(folders)), item);
    }
}
