package cofre.storage.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RestUrlTest {
    @ParameterizedTest
    @CsvSource({
        "rest:http://host/,http://host/",
        "http://host,http://host/",
        "rest:https://host:8000/a/b,https://host:8000/a/b/",
        "rest:https://user:pw@host/restserver/sector/,https://host/restserver/sector/",
        "rest:http://user@host,http://host/",
        "http://[::1]:8000/x/,http://[::1]:8000/x/",
        "http://u:p@[::1]:8000/x/,http://[::1]:8000/x/",
        "http://host/a%20b/,http://host/a%20b/",
        "http://host/user@mail/,http://host/user@mail/",
        "HTTPS://Host/,HTTPS://Host/",
    })
    void readsWhatPeopleWrite(String text, String base) {
        assertThat(RestUrl.parse(text).base()).hasToString(base);
    }

    @ParameterizedTest
    @CsvSource({
        "http://user:pw@host/,user,pw",
        "http://user@host/,user,''",
        "http://us%40er:p%2Fw%3A%C3%A7@host/,us@er,p/w:ç",
        "http://user:p@w@host/,user,p@w",
        "http://user:p:w@host/,user,p:w",
        "http://user:pç@host/,user,pç",
    })
    void readsCredentials(String text, String user, String password) {
        assertThat(RestUrl.parse(text).credentials()).contains(new Credentials(user, password));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host",
                "rest:host",
                "/dir",
                "ftp://s3cret:s3cret@host/",
                "http://",
                "http:///x",
                "http://u:s3cret@host/?q=1",
                "http://u:s3cret@host/#f",
                "http://u:s3cret@ho st/",
                "http://u:s3cret%@host/",
                "http://u:s3cret%zz@host/",
                "http://u:s3cret%2@host/",
                "http://u:s3cret%0a@host/",
                "http://u:s3/cret@host/",
                "http://u:s3cret@host:port/",
                "http://u%3ax:s3cret@host/",
                "http://u:s3cret@/x"
            })
    void refusesTheRestAndShowsNoPassword(String text) {
        assertThatThrownBy(() -> RestUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cannot use store address \"")
                .hasMessageNotContainingAny("s3cret", "s3/cret", "cret@");
    }

    @Test
    void credentialsOfTheUrlWin() {
        Optional<Credentials> configured = Optional.of(new Credentials("c", "d"));
        assertThat(RestOptions.parse("http://a:b@host/", configured).credentials())
                .contains(new Credentials("a", "b"));
        assertThat(RestOptions.parse("http://host/", configured).credentials()).isEqualTo(configured);
        assertThat(RestOptions.parse("http://host/", Optional.empty()).credentials())
                .isEmpty();
    }
}
