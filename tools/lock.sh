#!/bin/sh
# Write the installed versions into constraints.txt: tools/lock.sh BIN. Local build tags are left out.
set -eu
{
  echo "# Every version that \`make setup\` installs. Made by \`make lock\`; no index is named here."
  "$1/pip" freeze --exclude tuanbot --exclude-editable | sed 's/+.*$//' | grep -v -i '^pip=='
} > constraints.txt.new
mv constraints.txt.new constraints.txt
