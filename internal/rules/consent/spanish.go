package consent

// spanish is how people revoke consent, and how they do not, in Spanish.
var spanish = language{
	code: "es",
	filler: `por favor porfavor porfa porfis xfavor xfa pf gracias hola buenas buenos dias tardes noches ya ahora mismo inmediatamente senor senora senores
		senorita ok oiga oye bueno pues y muchas muchisimas mil de antemano disculpe disculpen perdon saludos hoy urgente atentamente cordialmente punto coma amigos amigo che loco wey guey tio vale en serio verdad xfis pls please ps pue`,
	typos: `mensajes mensaje suscripcion desuscribir numero cancelar eliminar enviarme mandarme molestar escribirme publicidad promociones recibir suscribirme desuscribirme quitenme borrenme eliminenme saquenme denme escriban manden notificaciones consentimiento dejenme`,
	classes: `
ask: pedi pedimos quiero queremos quisiera quisieramos gustaria deseo deseamos pido pedimos solicito solicitamos exijo exigimos agradezco agradeceria agradecemos ruego necesito favor porfavor prefiero preferiria podrian podria podrias pueden puede puedes podeis puedo hagan hagame hagan
off: cancelar canselar eliminar borrar quitar sacar remover retirar desactivar suspender parar detener terminar desuscribir desinscribir bloquear excluir suprimir dejar anular salir salirme cesar desafiliar desapuntar desvincular finalizar eliminarme borrarme quitarme sacarme removerme retirarme cancelarme desactivarme excluirme desuscribirme desinscribirme bloquearme
clear: desuscribir desinscribir desafiliar desapuntar desvincular eliminarme borrarme quitarme sacarme removerme retirarme desactivarme excluirme desuscribirme desinscribirme salirme
offs: paren pare pares dejen dejes deje dejeis cesen cese detengan detenga suspendan suspenda eliminen elimine elimines borren borre borres quiten quite quites saquen saque saques remuevan retiren retire cancelen cancele desactiven sacaran quitaran borraran eliminaran dejaran pararan cancelaran
done: eliminado eliminada borrado borrada retirado retirada removido removida excluido excluida sacado quitado quitada contactado contactada molestado molestada
noun: baja cancelacion eliminacion supresion borrado remocion desuscripcion desafiliacion
msg: recordatorio recordatorios mensaje mensajes mensajito mensajitos mensages mensaj texto textos sms msj msjs mjs msg msgs publicidad propaganda propagandas promocion promociones promo promos anuncio anuncios ofertas oferta spam notificacion notificaciones alertas alerta correos avisos cosas comunicacion comunicaciones boletin boletines tonterias basura mms llamadas
sendme: mandarme enviarme escribirme contactarme llamarme textearme molestarme mandarnos enviarnos escribirnos contactarnos llamarnos mandarle enviarle notificarme
send: avisen avise avises avisarme hablen hables hable marquen marques texte* mand* envi* embi* escrib* escriv* contact* text* llamen llame llames llamar* molest* fastid* jodan joder jodas jodiendo acos* hostig* notifi* comuni* incomod* spame* mensaje* ching* busquen buscar* insist* chinguen chingar* fregar freg* joroba* jorob* dale lata mandes
past: mandaron mandaste mando enviaron enviaste envio escribieron escribiste llamaron llamo llego llegan llega llegaron contactaron
stop: para paren pare parar parad paran pares basta alto stop deten detener detenga detengan detente frena suspender suspenda suspendan suspende cesar cese cesen termina terminen frenen frenar desactivar desactiva desactiven desactive bloquear
doing: *ar *er *ir *arle *erle *irle *arlo *arla *arlos *arlas *arse *arme *erme *arnos *arles
harm: recibir recibirlos recibirlas recivir estar usar utilizar compartir vender tratar intentar hacer hacerme llegar llegarme dar darme romper romperme hinchar hincharme atosigar saturar saturarme abusar llenar llenarme hartar cansar hostigar perseguir robar
imperative: paren pares pare paran parad dejen dejes deje dejeis dejad cesen cese
thing: repartidor* mesero* pedido* orden ordenes cita citas reserva* reservacion* factura* cargo cargos cobro* cuenta turno mesa compra* entrega* paquete* boleto* vuelo* clase* viaje consulta* cena evento pago* tarjeta cebolla* tomate* picante pastel* articulo* producto* direccion seguro poliza contrato membresia anualidad cupon* queso mayonesa bolsa* caja* hielo salsa habitacion
goods: rebajas oferta ofertas promo promos promocion promociones descuento descuentos evento clase servicio tienda temporada
neg: no nunca jamas ni tampoco
cancel: cancel* cansel* anul* elimin* quit* remov* remuev* desactiv* suspend*
remove: bajenme bajame bajeme bajen borr* elimin* quit* sac* remuev* remov* retir* suprim* exclu* saq* delet*
object: numero numeros telefono celular cel movil nombre contacto datos tel linea
list: lista listas base sistema registro registros contactos agenda directorio
`,
	guards: `
sent: nunca ..1 recibi|recibimos
instead: no ..1 le|les @send ..2 $ ~0 mejor|solo|pero|y? @send
instead: no ..1 llam* $ ~0 pero|y? mejor|solo|prefiero|mand*|escrib*
instead: ^ mejor? @send $ ~0 no llam* $
stop: par*|pare|paren en el|la|los|las
cancel: cancelar si
wait: ^ alto|para|stop ~0 mejor|espera*
receive: no puedo|puede|podemos recib*
enough: basta con @doing!@send|@sendme|@harm|@pt.send
sick: esta|estoy|estan|sigue|sigo de baja
heavy: pesad*|molest* el|la|los|las
heavy: harto|harta !de|$
food: no ..1 quiero nada de !@msg|@pt.msg|ustedes|esto|eso|publicidad|parte|nada
send: no @send al !numero|celular|telefono|movil
gripe: queja|denuncia|reclamo del|de|sobre|por !ustedes|esto|@msg|su|sus
tired: hart*|cansad* de|del la|el|los|las|esperar|trabaj*|@thing
wow: no jodas|mames|manches|inventes|jodan $
fee: multa|cargo|costo|cobran|penalizacion|penalidad ..2 cancel*
tired: basta de !@msg|@pt.msg|@send|@sendme|tanto|tantos|esto|sus|llenar
past: me borraron|quitaron|sacaron|eliminaron
wow: no jodas|mames|manches|inventes|jodan ..3 !con|mas|de|me
wow: esta|estan|tan ..1 cabron|chingon*|perr*
joy: puta|puto|carajo|cabron|mierda|verga|chingada|coño|joder ..2 que|tan rico|ricos|bueno|bien|barato|barata|delicia|chingon
lawyer: abogado|abogada pasa|quiere|come|compra|va|viene|me
low: en la baja $
cancel: cancel*|anul* el|la|mi|los|las|lo|un|una !@msg|suscri*|subscri*|servicio|envio|envios|numero|alta|registro|inscripcion|proximo
cancel: cancelar en|con|por efectivo|tarjeta|transferencia
tide: marea|mar|gente|ropa|musica|fiebre|bateria baja|bajas
send: no ..1 me|nos|se|le? lo|la|los|las @send
send: no ..1 @send ..3 @thing|caja|trabajo|oficina|casa
sorry: molest* ..3 hora|abren|pregunta|duda|nuevo
threat: denunci*|demandar|demando|demandare|demandamos a|al !anatel|profeco|policia|aepd|consumo|ustedes|esta|empresa|compania|su
cancel: ya cancele|cancelamos|pague
cancel: cancele por
para: no|sin|nunca para|paran|paren|paro|pares|pare de|$|nunca
para: ^ porfa? no ..1 @imperative|deja ..1 de|con
para: no ..1 se|os cans* de
when: cuando|hasta|hora ..4 termin*|acab*|par*|suspend*
when: termin*|acab*|suspend* ..3 cuando|hora|hoy|manana
when: ^ termin*|acab*|suspend* ..2 @goods
other: dej*|par*|paren|pares|pare|parar ..1 de @doing!@send|@sendme|@harm|@pt.send|@pt.harm
other: dej*|par*|pare|paren de @doing!@send|@sendme|@pt.send|@pt.harm ..3 @thing
other: @send ..2 la|el|las|los ..1 @thing
enough: basta con un|una|uno|dos|eso
enough: basta un|um|uma|una|uno|dos|para
enough: con ..4 basta $
enough: suficiente con|para
any: cancelar|cancelarlo|cancelo|baja ..3 cualquier|cuando quiera|quiero|momento
stay: no ..1 me|nos ..1 den|de|des|deis ..1 de? baja
stay: no ..1 quier*|dese* ..2 baja|salir|cancelar|borrarme|desuscri* ..4 $
stay: desuscri*|baja|salir|salirme|cancelar ..4 ? ..2 jamas|nunca|no|ni|para ..1 $|loco|nada|suscripcion
wait: dejenme|dejame|dejeme un|una|dos|tres|ver|pensar|el|la|los|las|preguntar|saber|pregunto|reviso|confirmar|apartado|pasar|tu|su|te|le
take: sac* de !@list|esto|su|sus|esta|ahi|aqui|tu|la|sus|estos
para: para|paran|paro en|el|la|los|las|un|una|mi|que|cuando|cuantas|cuantos|llevar|hoy|manana|nino*|dos|tres|cuatro|1|2|3|4|5|6|7|8|9|10|donde|comer|ti|usted|mis|este|esta|ver|saber
para: parar en|el|la|los|las|un|una|cuando|hoy|manana|donde|por|a !@msg|@pt.msg
para: parada|paradas
baja: planta|calle|temporada|parte|voz|luz|presion|mas|muy|clase baja
baja: baja temporada|california|el|la|los|las|un|mas|por
alto: alto en|riesgo|nivel|costo|grado|volumen
alto: mas|muy|es|esta|piso|edificio|hombre|ese|un alto
cancel: @cancel|@remove ..5 @thing
cancel: @thing ..4 cancel*|anul*|elimin*|quit*|borr*
cancel: @cancel|termina ..5 cita|citas|pedido|pedidos|orden|reserva|reservas|reservacion|turno|viaje|consulta|compra|mesa|boleto|boletos|vuelo|clase|clases|visita|entrega|manana|lunes|martes|miercoles|jueves|viernes|sabado|domingo|hora|evento|cena|cuenta|cebolla|pago|asiento
cancel: cita|pedido|reserva|orden|turno ..4 cancel*|anul*
sent: no|nunca ..1 me|nos? ..1 @past
sent: no ..2 recibi|recibido|recibo|llego|llegado|llega
sent: no|nunca ..1 me|nos? ha|han|has|haya|hayan ..1 @send|llegado|recibido
sent: no puedo|pude|podemos|se|olvid* ..1 @send|cancel*
keep: ^ no me|nos borr*|elimin*|quit*|saq*|sac*|remuev*|retir*|cancel* ..6 $
lose: no quier* ..1 perder*|dejar
interest: no ..1 interes* el|la|los|las|ese|esa|un|una|ir|comprar !@msg|servicio*|producto*|recibir
take: nada mas
take: no|ni tengo|hay|necesito|quiero mas ..1 pregunta*|dinero|tiempo
wrong: equivoc*|error ..2 de|en|con !numero|persona|telefono
wrong: numero ..1 de @thing|guia|rastreo|seguimiento|cliente|habitacion|talla|zapato|casa
sorry: disculp*|perdon* ..2 molest*
sick: baja medica|laboral|maternal|paternal|por
name: no me llam* ~0 mand*|envi*|escrib*|mensaje
name: me llamo|llaman
`,
	limits: `
joke: demand*|denunci*|abogado*|polici* ~8 jaj*|jeje*|lol
what: no ..1 me|nos @send el|la|los|las|un|una|otro|otra !@msg|@object
when: no|dejen|deje ..4 @send ..2 antes|despues|hasta|cuando|mientras|tan|noche|temprano|tarde
`,
	phrases: `
no: ^ no ~0 baja|alto|cancelar|salir|stop $
no-sending: no ..1 hace|es falta|necesario|preciso ..3 @send|@msg
rude: met*|metanse ..2 sus|tus|esos ..1 @msg
stop: ^ stop estoy|ya|no|me|que
stop-sending: parar|dejar de recib*
no-want: no ..1 @ask|quiero ..2 suscrit*|inscrit*|apuntad*|registrad*|parte
stop: pueden|puede|podrian|podria ..1 parar|dejar $
peace: dej* ..2 mi ..1 @object ..1 paz
rude: tomar por|porel ..1 culo
stop-messages: ^ cancelen|canselen|cancele|anulen|suspendan|cancelame|cancelenme ..1 $
threat: reporte|reportamos|bloquee|denuncie ..2 spam|numero|profeco
no-want: ya|te|les|le ..1 dije|dijimos|digo ..1 que no $
ask: @ask ..3 @off ..2 @msg|@object|@list|esto|eso|todo|suscripcion|suscripciones
ask: @ask ..3 @clear
ask: @ask ..1 me|nos ..1 @off ..1 $|de|ya
ask: @ask|hago|hacer ..1 que ..3 @offs
ask: hago|hacer|hay para ..1 que ..1 @offs
ask: @ask ..3 ser|sea ..1 @done
ask: @ask ..2 @noun ..1 $|de
ask: como|donde|manera|forma|hago|hay ..4 @off ..2 @msg|esto|eso|suscripcion|@list
ask: como|donde|manera|forma|hago|hay ..4 @clear
noun: ^ @noun!baja ..2 $
no-sending: ^ no @send $
remove: sac*|saq*|quit*|elimin*|borr* ..1 del|de|este|ese grupo|chat|lista|whatsapp|todo
remove: saquenme|sacame|saqueme|quitenme|quitame|borrenme|borrame|eliminenme del|de|ya
lose: pierd*|olviden|olvida|olvidense|olvidate|romp* ..1 mi|este|ese ..1 @object
lose: olvide ..1 mi|este numero
spare: ahorr*|guard* ..2 sus|tus|los|las|esos ..1 @msg
no-sending: nome|nonos @send
annoyed: hasta ..1 la|el|los|las madre|coronilla|gorro|huevos|narices|cojones|pelotas|bolas ..3 @msg
remove: borr*lo|borr*la|elimin*lo|quit*lo|quit*nlo ~4 soy|equivoc*|es
no-want: pref* ..2 no ..2 recib*|@send|@msg|@sendme
annoyed: hart*|cansad*|podrid* ..1 de ..2 sus|tus|estos|esto|recibir|tanto* ..2 @msg
stop-sending: cort*|termin*|afloj*|par*|bast* ..2 con ..2 @msg|esto
stop: ^ cortenla|cortala|silencio|callense ..1 $
threat: pondr*|poner|meter* ..2 denuncia|demanda|queja
stop-sending: dej*|para|paren|pare|parar|parad|cese|cesen|cesar|termin*|alto|stop|basta|pares|detengan ..2 de|con ..3 @send|@msg
stop-sending: dejar de enviar|mandar
stop-messages: @stop ..2 @msg
stop-messages: cancel*|cansel*|anul*|suspend*|elimin*|desactiv*|quit*|termin*|finaliz* ..4 @msg|suscripc*|subscripc*|inscripc*|suscrip*|afiliac*|envios|servicio
stop-messages: ^ cancel*|anul*|quit* ..1 todo|todos|esto|eso|ya $
stop-messages: como ..4 cancel*|detengo|paro|desactiv*|bloque*|quit*|elimin*|termin*|sac* ..3 esto|estos|$|@msg
stop: ^ para|pare|paren|parar|parad|alto|basta|stop|detente|detengan|detenganse ..1 ya|con|todo|esto $
stop: ^ deteng*|parense|callense|callate|callese|frenen ..1 $
stop: ^ @stop ya? $
stop: parenle|parale|pareles ..3 @msg|ya|$
stop: ya ..1 basta|paren|pare|para|dejen|estuvo $
stop: ^ stop ..1 no|ya|yo|me|quien
stop: que paren|pare|se|dejen ..2 de|detengan
stop: ^ dej*|par*|pare|paren ya $
stop: ^ stop|alto|basta por|x fa|fis
stop: ^ stop plis|plz
stop: @send ..1 ya? basta|no|stop|paren $
stop: mande|mandado|escrib*|respond*|conteste|envie|puse|dije|digo ..1 stop|baja|alto|basta|cancelar|salir
no-sending: no|nunca|ni|jamas ..2 me|nos ..2 @send
no-sending: no|nunca|jamas|ni ..2 @send ..3 mas|@msg|nada|nunca|@object|nuevamente|me
no-sending: no|nunca|jamas @sendme
no-sending: por ..1 que ..3 sigu* ..2 @send|llegando|llegan|recibiendo
no-sending: porque ..2 me|nos sigu* ..2 @send|llegando|recibiendo
no-sending: sigo|siguen|seguimos recibiendo|llegando ..3 @msg ..3 por|ya|quit*|dej*
no-sending: no ..1 vuelv*|vuelvas|sigan|siga ..2 @send
no-sending: no ..1 moleste|molesten|molestes|molestar|contactar|escriban|llamen|envien|manden|escribir|enviar|mandar|contacten ..2 $
no-sending: no ..2 @send ..2 mas $
no-sending: ^ no ..1 sigan|siga|sigas|insistan|insista $
no-want: no ..2 interes* ..2 recib*|@msg|sus|estos|que
no-want: niego|rechazo|prohib* ..3 recib*|@msg|@send|que
no-want: no|nunca|tampoco|ni ..2 quier*|dese*|necesit*|quisiera|gustaria|acept* ..5 @msg
no-want: no ..2 quier*|dese*|necesit*|quisiera|gustaria|gusta ..4 recib*|contactad*|molestad*
no-want: no ..2 quier*|dese*|quisiera ..2 que ..2 me|nos ..2 @send
no-want: no|dejar ..1 recib* ..2 mas|esto|nada|@msg
no-sending: no ..1 me|nos? llegue|lleguen|llegen|caigan
no-want: no ..2 quier*|dese*|necesit*|quisiera|gustaria ..2 recibir|recivir|resibir
no-want: no ..2 quier*|dese*|quisiera ..3 que ..1 me|nos ..1 @send|contacten
no-want: no ..1 quiero|deseo|quiere mas|nada|esto|estos|saber ..2 $
no-want: ^ ya no quiero|deseo $
no-want: no ..1 quiero ..2 saber|nada ..2 ustedes
unsubscribe: desapunt*|desregistr*|desvincul*|desafil*|dessuscr*|desucri*|desusc*
unsubscribe: anul*|cancel*|elimin*|borr* ..3 alta|suscri*|registro|inscripcion|datos|@list
unsubscribe: desuscri*|desinscri*|dessuscri*|desubscri*|dessubscri*|unsubscribe|desafili*
unsubscribe: solicit*|pid*|exij*|tramit* ..2 baja
unsubscribe: ^ baja ..1 @msg|@list
unsubscribe: ped*|solicit*|quer* ..3 baja $|tres|dos|ya|varias|hace
unsubscribe: ^ baja inmediata|definitiva|total|del|de|ya|urgente
unsubscribe: dar|dame|denme|deme|den|doy|darme|darse|darnos|demen|dad|darte|dese|dele|causar|solicit*|pid*|tramit*|quier*|hacer|como|favor|la ..1 de|la|mi baja !temporada|el
unsubscribe: dar|dame|denme|deme|den|doy|darme|darse|darnos|demen|dad|dese|causar|solicit*|pid*|tramit*|de|mi|la|quiero ..2 baja $
remove: @remove ..2 mi|mis|este|el|nuestro|ese|los|su|sus ..1 @object
remove: cancel*|olviden|olvida|olvidense|bloqueen|bloquee ..2 mi|mis|este|el|nuestro|ese ..1 @object
remove: dar|den|dad|de|dame|deme|denme ..1 de baja ..1 mi|el|este|mis|nuestro ..1 @object|@list
remove: quita|quite|quiten|saca|saque|saquen|borra|borre|borren|elimina|elimine|eliminen me|nos ..1 $|de|ya
remove: como|quiero|puedo|favor|deseo ..2 salirme $
remove: pueden|puede|favor borrar|eliminar|remover $ -ask
remove: como ..2 salir|salgo|salirme $
remove: como ..2 salir|salgo|salirme de esto|@list
remove: @remove ..4 @list
remove: bajenme|bajame|bajeme|desactiv*me|borr*me|elimin*me|quit*me|saq*me|sac*me|remuev*me|remov*me|retir*me|exclu*me|suprim*me|borr*nos|quit*nos ..1 $|de|ya|por
remove: ^ cancel*me ..1 $
remove: me ..1 borr*|elimin*|quit*|saq*|sac*|remuev*|remov*|retir* ..1 $|de
remove: ser|sea|sean eliminad*|removid*|retirad*|borrad*|excluid*|dado
remove: salgo|salirse|salir|salirme ..3 @list|esto|grupo|aqui
remove: salir|salirme ..1 de ..2 @list|esto|grupo
remove: ^ remover|borrar|eliminar|quitar|salir|terminar|salirme|borrarme|desactivar|finalizar $
peace: ^ ya? dejenme|dejame|dejeme|dejennos $
peace: dej*|deje* ..2 paz|tranquil*|molestar|joder|chingar|fastidiar
no-more: no|ni|nunca|jamas ..1 mas ..3 @msg|@send
no-more: ^ no mas $
no-more: no mas de ..1 esto|estos|esta|eso|estas
no-more: no mas esto|eso|estos|esta $
no-more: ^ nunca mas
no-more: basta ..3 @msg|esto|estos|tanto|tantos
no-more: ni ..1 un|uno|una ..1 @msg|mas
no-more: suficiente* ..2 @msg
no-more: ya ..1 con|de ..2 tanto*|tanta* ..1 @msg
no-more: ya no mas
no-more: cero|zero ..1 @msg
no-more: nada ..1 de ..1 @msg
no-want: no ..1 quier*|dese* ..1 estar|seguir|aparecer|pertenecer ..2 @list|esto|grupo|aqui
no-more: ya estuvo ..1 bueno? ..1 de|con ..2 @msg|esto
remove: numero|telefono|celular ~8 borr*lo|elimin*lo|quit*lo|saq*lo|borr*la|remuev*lo
no-more: ^ no|sin ..1 @msg $
wrong: equivocad*|incorrect*|equivoc* ~3 @remove|no|dejen|dej*|paren
wrong: equivocad*|incorrect* ..3 @remove|borr*|no|dejen
threat: voy|vamos|vas|los|las|te|les|le|ire|sere ..2 a ..2 denunci*|demand*|report*|bloque*
threat: los|las|les|te|le|lo denunci*|reporto|reportare|demando|demandare|bloqueo|bloqueare
threat: denunciar*|denunciare|demandare|demandar*|abogado|abogados|profeco|policia
threat: acoso|acosando|hostigamiento|acosador*|hostigando
threat: reportado*|bloqueado*
consent: no ..2 autoriz*|consient*|di|doy|acept* ..4 @msg|@send|permiso|consentimiento|autorizacion|que|$
stop: pedi|dije|pido|solicite|avise ..4 paren|parar|pararan|baja $
consent: opong*|opon*|oposicion ..5 datos|publicidad|tratamiento|@msg|@send|comercial*|recib*|uso
consent: derecho ..2 oposicion|supresion|cancelacion|olvido
consent: rgpd|lopd|lopdgdd|aepd|robinson|arco|repep|condusef|reusa|inai|consumidor*|
consent: @neg ..2 us*|utilic*|utiliz*|compart*|trat* ..2 mis|mi ..1 datos|@object
consent: retir*|revoc*|revoq*|anul* ..3 consentimiento|autorizacion|permiso
consent: no tien* ..2 permiso|autorizacion|consentimiento|derecho
consent: ^ no autorizo|consiento
rude: vete|vayan*|vayase|andate|ve|idos ..3 mierda|carajo|verga|diablo|infierno|chingada|joder
rude: chinga|chinguen|chingate|chinguense ..3 madre|$
rude: pierdanse|pierdete|esfumense|larguense
peace: olvid* ..1 de ..1 mi|nosotros|numero
rude: jodete|jodanse|jodase|larguense|largate|larguese
rude: no ..2 jodan|jodas|joda|jodais|jodiendo|chingando|chinguen|mamen|fastidien|molestando|chingues
rude: a la verga|mierda|chingada
`,
	doubts: `
annoyed: hasta la|el|los madre|coronilla|gorro|huevos|narices
cancel: como|donde cancelo
cancel: cancelar|cancelen|cancele|cancela|anular|desactivar|detener
cancel: ^ ya no $
stop: paren|stop|basta
stop: dejenme|dejame|dejeme $|ya|en
spam: ^ ..3 spam|estafa|fraude $ -ask
rude: mierda|puta|puto|putos|pendej*|cabron*|idiota*|estupid*|imbecil*|maldit*|gilipollas|culer*|malparid*|hdp|hijueputa
annoyed: pesad*|hart*|fastidi*|molest*|acosan|insoportabl*|cansad* ..1 $|de|con|ustedes|esto
annoyed: canse|cansaron|harte|hartaron|hart*|cansad*|aguanto|soporto ..3 @msg|esto|ustedes
wrong: ^ se equivoc* $
annoyed: otra vez ustedes|@msg|con
wrong: no ..1 conozc*|conosc*
annoyed: dej* de $
annoyed: no me gust* ..3 @msg
wonder: por|porque ..2 que? ..1 me|nos ..1 @send|llega*|llegan
wonder: de? donde|como|quien ..4 mi ..1 @object
annoyed: que molest*|fastidio|pesad*
annoyed: demasiad*|tantos|tantas|muchos|muchisimos @msg
denial: no|nunca ..3 suscrib*|registr*|inscrib*|pedi|solicit*|autori* -ask
denial: no|nunca ..2 di|dado ..3 numero|permiso
wrong: equivoc* ..1 de? numero|persona
wrong: numero|persona ..2 equivocad*|incorrect*|erroneo -ask
wrong: equivocad* ..3 numero|persona -ask
wrong: no soy|es ..1 @object
wrong: ^ no soy ..2 $
wrong: aqui no vive|hay|trabaja|esta
wrong: ya no vive|trabaja ..1 aqui
wrong: fallecio|murio
cancel: ^ quiero|deseo salir $
wrong: no ..1 soy|somos|es ..1 cliente|clienta|clientes|miembro|socio|paciente
no-interest: no ..2 interes*|interesad* -ask
no-interest: no ..1 quiero ..1 esto|eso|nada $
hint: @neg|sin ..3 @msg|recib* -ask
hint: @neg ..2 @send|@sendme -ask
hint: @off|@offs|@remove ..3 @object|@list -ask
hint: @ask ..2 que ..2 @offs
hint: @stop ..3 @msg|@send
`,
}
