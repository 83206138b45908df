package hooks

import (
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/mail"
	"slices"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/mailer"
	"github.com/pocketbase/pocketbase/tools/security"
)

// invitationLife is how long the link of an invitation works. PocketBase gives a password reset 30
// minutes, which is right for somebody who waits for the mail and too short for somebody who does not.
const invitationLife = 72 * time.Hour

// invitation is the body of POST /api/sms/members.
type invitation struct {
	Email string `json:"email" form:"email"`
	Role  string `json:"role" form:"role"`
	Org   string `json:"org" form:"org"`
}

// invited is its answer. Link is empty where it was mailed, and where the person has an account
// already and needs none.
type invited struct {
	UserID       string `json:"userId"`
	MembershipID string `json:"membershipId"`
	Created      bool   `json:"created"`
	Link         string `json:"link"`
}

// registerMembers serves POST /api/sms/members: an owner brings a person into his organisation, a
// superuser into any.
func registerMembers(app core.App, o Options) {
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{
		Id: "tidingsMembers",
		Func: func(e *core.ServeEvent) error {
			e.Router.POST("/api/sms/members", func(e *core.RequestEvent) error { return invite(e, o) })
			return e.Next()
		},
	})
}

func invite(e *core.RequestEvent, o Options) error {
	if e.Auth == nil {
		return unauthorized()
	}
	var in invitation
	if err := e.BindBody(&in); err != nil {
		return badBody(err)
	}
	if in.Org != "" {
		e.Request.Header.Set(orgHeader, in.Org)
	}
	org, role, err := orgOf(e)
	if err != nil {
		return err
	}
	if !mayAct(role, roleOwner) {
		return refuse(http.StatusForbidden, "role", "owner_required", "Only an owner brings people into the organisation")
	}
	address, err := mail.ParseAddress(strings.TrimSpace(in.Email))
	if err != nil || address.Name != "" {
		return refuse(http.StatusBadRequest, "email", "bad_email", "This is no e-mail address")
	}
	if !slices.Contains([]string{roleOwner, roleEditor, roleViewer}, in.Role) {
		return refuse(http.StatusBadRequest, "role", "bad_role", "The role is owner, editor or viewer")
	}
	user, out, err := join(e.App, org, strings.ToLower(address.Address), in.Role)
	if err != nil {
		return err
	}
	if out.Link, err = welcomeLink(e.App, user, out.Created, o); err != nil {
		return err
	}
	if e.App.Settings().SMTP.Enabled {
		// A link that was mailed is for the person alone; where the mail does not leave, the owner
		// passes it on himself.
		if err := sendWelcome(e.App, user.Email(), out.Link, o); err != nil {
			e.App.Logger().Warn("the invitation was not mailed", "error", err.Error())
		} else {
			out.Link = ""
		}
	}
	return e.JSON(http.StatusOK, out)
}

// join makes the user, if new, and the membership.
func join(app core.App, org, email, role string) (user *core.Record, out invited, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		user, err = tx.FindAuthRecordByEmail("users", email)
		if err != nil {
			out.Created = true
			if user, err = newUser(tx, email); err != nil {
				return err
			}
		}
		n, err := tx.CountRecords("memberships", dbx.HashExp{"user": user.Id, "org": org})
		if err != nil {
			return fmt.Errorf("look for the membership: %w", err)
		}
		if n > 0 {
			return refuse(http.StatusBadRequest, "email", "already_member",
				"This person is in the organisation already. Change the role of the membership instead")
		}
		c, err := tx.FindCachedCollectionByNameOrId("memberships")
		if err != nil {
			return fmt.Errorf("find memberships: %w", err)
		}
		m := core.NewRecord(c)
		m.Load(map[string]any{"user": user.Id, "org": org, "role": role})
		if err := tx.Save(m); err != nil {
			return err
		}
		out.UserID, out.MembershipID = user.Id, m.Id
		return nil
	})
	return user, out, err
}

func newUser(app core.App, email string) (*core.Record, error) {
	c, err := app.FindCachedCollectionByNameOrId("users")
	if err != nil {
		return nil, fmt.Errorf("find users: %w", err)
	}
	user := core.NewRecord(c)
	user.SetEmail(email)
	user.SetEmailVisibility(true) // to the team, so that its list shows who is who
	user.SetRandomPassword()
	if err := app.Save(user); err != nil {
		return nil, err
	}
	return user, nil
}

// welcomeLink is where a new person sets the first password: PocketBase's reset token, which ends with
// the first use. Who has an account elsewhere gets none, because whoever holds such a link owns the
// account, and the caller may see the link.
func welcomeLink(app core.App, user *core.Record, created bool, o Options) (string, error) {
	if !created {
		n, err := app.CountRecords("memberships", dbx.HashExp{"user": user.Id})
		if err != nil {
			return "", fmt.Errorf("count the memberships of the user: %w", err)
		}
		if user.Verified() || n > 1 {
			return "", nil
		}
	}
	key := user.TokenKey() + user.Collection().PasswordResetToken.Secret
	if user.TokenKey() == "" {
		return "", errors.New("the user has no token key")
	}
	token, err := security.NewJWT(jwt.MapClaims{
		core.TokenClaimType:         core.TokenTypePasswordReset,
		core.TokenClaimId:           user.Id,
		core.TokenClaimCollectionId: user.Collection().Id,
		core.TokenClaimEmail:        user.Email(),
	}, key, invitationLife)
	if err != nil {
		return "", fmt.Errorf("sign the link: %w", err)
	}
	return o.PublicURL + "/console/#/welcome/" + token, nil
}

func sendWelcome(app core.App, to, link string, o Options) error {
	meta := app.Settings().Meta
	text := "You were given access. Sign in as usual:"
	if link == "" {
		link = o.PublicURL + "/console/"
	} else {
		text = "You were given access. Choose a password here within three days:"
	}
	return app.NewMailClient().Send(&mailer.Message{
		From:    mail.Address{Name: meta.SenderName, Address: meta.SenderAddress},
		To:      []mail.Address{{Address: to}},
		Subject: "Your access to " + meta.AppName,
		Text:    text + "\n\n" + link + "\n",
		HTML:    "<p>" + text + `</p><p><a href="` + html.EscapeString(link) + `">` + html.EscapeString(link) + "</a></p>",
	})
}
