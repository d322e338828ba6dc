# shellcheck shell=bash disable=SC2154
# Sourced by ./run and ./test, which set home: finds a JDK 25, wherever the machine keeps one, and runs Maven with its
# output cut down to what a person follows. For bash 3.2 (macOS) and newer.

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

is_jdk25() {
  [ -x "$1/bin/javac" ] && grep -Eqs '^JAVA_VERSION="25([^0-9]|$)' "$1/release"
}

jdk_homes() {
  printf '%s\n' "${JAVA_HOME:-}"
  if command -v java >/dev/null; then
    java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
  fi
  printf '%s\n' /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /opt/*jdk* \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home
}

# Makes JAVA_HOME a JDK 25.
use_jdk25() {
  local jdk
  while IFS= read -r jdk; do
    if is_jdk25 "$jdk"; then
      export JAVA_HOME=$jdk
      return
    fi
  done < <(jdk_homes)
  fail "Quadrille needs a JDK 25 and finds none: not in JAVA_HOME, not on the PATH, not in the usual places." \
    "Install one (for example https://adoptium.net, or: sdk install java 25-tem), or point JAVA_HOME to it."
}

# maven LOG ARGUMENT...: runs Maven, writes all of its output to LOG and shows a line for each module.
maven() {
  local log=$1
  shift
  command -v mvn >/dev/null || fail "Quadrille is built with Maven (3.8 or newer), and there is no mvn on the PATH." \
    "Install it (for example: apt install maven, or: brew install maven)."
  mkdir -p "$home/target"
  if ! mvn -B -ntp -Dstyle.color=never -f "$home/pom.xml" "$@" 2>&1 | tee "$log" | show_modules; then
    grep -q '^\[ERROR\]' "$log" || tail -n 20 "$log"
    echo "Maven failed. All that it said is in $log"
    return 1
  fi
}

# "[3/12]  Quadrille kernel  31 tests, 4 s", the end of the line once the module ends, and errors as they come.
show_modules() {
  local building='^\[INFO\] Building (.+) [^ ]+ +(\[[0-9]+/[0-9]+\])$'
  local tested='^\[[A-Z]+\] Tests run: ([0-9]+), Failures: [0-9]+, Errors: [0-9]+, Skipped: [0-9]+$'
  local line open='' tests='' explaining='' began=0
  end_module() {
    [ -z "$open" ] || printf '  %s%s s\n' "$tests" $((SECONDS - began))
    open=''
  }
  break_line() {
    [ -z "$open" ] || printf '\n'
    open=''
  }
  while IFS= read -r line; do
    if [[ $line =~ $building ]]; then
      end_module
      printf '%-8s%s' "${BASH_REMATCH[2]}" "${BASH_REMATCH[1]}"
      open=yes tests='' began=$SECONDS
    elif [[ $line =~ $tested ]]; then
      tests="${BASH_REMATCH[1]} tests, " explaining=''
    elif [[ $line == '[INFO] Reactor Summary'* || $line == '[INFO] BUILD '* ]]; then
      end_module
    elif [[ $line == '[ERROR] Failures:'* || $line == '[ERROR] Errors:'* ]]; then
      explaining=yes
    fi
    # What a test expected stands on lines without a mark.
    if [[ $line == '[ERROR] '?* || -n $explaining && $line != '['* ]]; then
      break_line
      printf '%s\n' "$line"
    fi
  done
  end_module
}
