#!/bin/sh
# Takes PM Desk away again for this user. Journals, settings and logs stay where they are.
set -e
data=${XDG_DATA_HOME:-$HOME/.local/share}
rm -rf "$data/pmdesk-app"
rm -f "$HOME/.local/bin/pmdesk" "$data/applications/pmdesk.desktop" "$data/mime/packages/pmdesk.xml" \
  "$data/icons/hicolor/scalable/apps/pmdesk.svg" \
  "$data/icons/hicolor/scalable/mimetypes/application-x-pmdesk.svg"
if command -v update-mime-database >/dev/null; then update-mime-database "$data/mime" || true; fi
if command -v update-desktop-database >/dev/null; then update-desktop-database -q "$data/applications" || true; fi
