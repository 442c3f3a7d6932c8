#!/bin/sh
# Make a virtual environment: tools/python.sh PYTHON FOLDER. Falls back to any supported Python that is there.
set -eu
wanted=$1 folder=$2
[ -x "$folder/bin/python" ] && exit 0
for python in "$wanted" python3.11 python3.12 python3; do
  command -v "$python" >/dev/null 2>&1 || continue
  "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' 2>/dev/null || continue
  "$python" -m venv "$folder" 2>/dev/null && exit 0
  # Debian keeps venv in a package of its own.
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq && apt-get install -qq -y python3-venv >/dev/null
    rm -rf "$folder" && "$python" -m venv "$folder" && exit 0
  fi
done
echo "需要 Python 3.11 或 3.12 (Python 3.11 or 3.12 with venv is needed)" >&2
exit 1
