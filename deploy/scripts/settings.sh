# Sourced by every script of this folder: settings from the environment, clear errors, and DRY_RUN=1, which prints the
# commands instead of running them. Works with the bash 3.2 of macOS.
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

script="$(basename "$0")"
# what a script leaves for the next one, and what a pipeline keeps: reports, image archives, digests
output=pipeline-output

say() { printf '%s: %s\n' "$script" "$*" >&2; }
# exit code 2: used wrongly
refuse() { say "$*"; exit 2; }
fail() { say "$*"; exit 1; }

case "${DRY_RUN:-0}" in
  0 | 1) ;;
  # "true" or "yes" must not run for real
  *) refuse "DRY_RUN is \"$DRY_RUN\": set it to 1 to print the commands, or to 0 to run them" ;;
esac
dry_run() { [ "${DRY_RUN:-0}" = 1 ]; }

# need NAME 'what it is' …: names every setting that is missing, then ends
need() {
  local missing=0
  while [ $# -gt 0 ]; do
    if [ -z "${!1:-}" ]; then say "$1 is not set: $2"; missing=1; fi
    shift 2
  done
  [ "$missing" = 0 ] || exit 2
}

# need_tool COMMAND 'how to get it'
need_tool() {
  dry_run || command -v "$1" >/dev/null || refuse "$1 is not installed: $2"
}

# run COMMAND …: shows the command, and runs it unless this is a dry run
run() {
  { printf '+'; printf ' %q' "$@"; printf '\n'; } >&2
  dry_run || "$@"
}

# the commit that is checked out, which names images and reports
commit() {
  if [ -n "${COMMIT:-}" ]; then printf '%s' "$COMMIT"; return; fi
  git rev-parse HEAD 2>/dev/null || refuse "This is no git checkout: set COMMIT to the version that is built"
}

mkdir -p "$output"
