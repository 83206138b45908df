package config

import (
	"net/netip"
	"net/url"
	"strings"
)

// isLoopback tells whether an address stays on this machine. Only the name
// "localhost" counts: any other name is what a name server says it is.
func isLoopback(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	host := u.Hostname()
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

// isNearby tells whether a host is on this machine or its private network; a
// name without a dot is a neighbour, another container for example.
func isNearby(host string) bool {
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return !strings.Contains(host, ".")
	}
	ip = ip.Unmap()
	return ip.IsLoopback() || ip.IsPrivate()
}
