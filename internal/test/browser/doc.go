// Package browser drives the whole product the way a person does: a real server with the sandbox in
// this process, a real Chromium before it. It asserts what no other test can see: that the pages load
// under their policies, that the buttons are there and do what they say, and that everything of
// PocketBase's dashboard that the pages stand on is still where it was.
//
// Without a Chromium the tests are skipped, unless REQUIRE_BROWSER=1 says that there must be one.
// TIDINGS_PICTURES names a folder for the README's pictures.
package browser
