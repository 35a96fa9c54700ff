#!/bin/sh
# On macOS, after packaging/package.py: puts the .app into a .dmg with a link to Applications.
set -e
version=$1
here=build/package
stage=$here/dmg
rm -rf "$stage"
mkdir -p "$stage"
cp -R "$here/PM Desk.app" "$stage/"
ln -s /Applications "$stage/Applications"
hdiutil create -volname "PM Desk" -srcfolder "$stage" -ov -format UDZO "$here/pmdesk-$version.dmg"
