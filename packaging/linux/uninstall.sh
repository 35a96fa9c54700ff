#!/bin/sh
# Takes PM Desk away again for this user. Journals, settings and logs stay where they are.
set -e
data=${XDG_DATA_HOME:-$HOME/.local/share}
app=$data/pmdesk-app
rm -rf "$app/_internal" "$app/licences" "$app/pmdesk"
# what else lies beside the program is the user's
if [ -d "$app" ]; then rmdir "$app" 2>/dev/null || echo "Kept: $app"; fi
rm -f "$HOME/.local/bin/pmdesk" "$data/applications/pmdesk.desktop" "$data/mime/packages/pmdesk.xml" \
  "$data/icons/hicolor/scalable/apps/pmdesk.svg" \
  "$data/icons/hicolor/scalable/mimetypes/application-x-pmdesk.svg"
if command -v update-mime-database >/dev/null; then update-mime-database "$data/mime" || true; fi
if command -v update-desktop-database >/dev/null; then update-desktop-database -q "$data/applications" || true; fi
