# One static binary on an empty image. Zone data is inside the binary.

FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=dev
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /out/tidings .
# An empty image has no users, no /tmp (large uploads wait there) and nothing
# that could make the data folder's owner right.
RUN mkdir -p /out/data /out/tmp /out/etc \
 && chmod 1777 /out/tmp \
 && echo 'tidings:x:65532:65532::/data:/' > /out/etc/passwd \
 && echo 'tidings:x:65532:' > /out/etc/group

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/etc/ /etc/
COPY --from=build /out/tmp/ /tmp/
COPY --from=build --chown=65532:65532 /out/data/ /data/
COPY --from=build /out/tidings /tidings
USER 65532:65532
WORKDIR /data
VOLUME /data
EXPOSE 8090
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["/tidings", "health"]
ENTRYPOINT ["/tidings"]
CMD ["serve", "--http=0.0.0.0:8090", "--dir=/data/pb_data"]
